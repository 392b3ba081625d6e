-- Ways to what pages show of a large database: counts by publisher and year, findings and records in order.
CREATE INDEX articles_coverage ON articles(publisher, published, relevant, article_id);
CREATE INDEX inspections_newest ON inspections(CASE WHEN date < 'X' THEN date ELSE '' END, record_id);
CREATE INDEX inspections_least_sure ON inspections(confidence, record_id);
