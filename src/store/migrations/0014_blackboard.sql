-- What a person allows a task whose own budget is used up, and from where that counts (JSON); nothing before that.
ALTER TABLE tasks ADD COLUMN allowance TEXT;
