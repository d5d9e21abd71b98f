-- How deep the review of a task goes, as policy decided when it was submitted; NULL until it is asked.
ALTER TABLE tasks ADD COLUMN approvals_needed INTEGER;
ALTER TABLE tasks ADD COLUMN max_rounds INTEGER;
