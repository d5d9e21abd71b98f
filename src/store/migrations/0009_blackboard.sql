-- The script files that had a part in a decision, with their hashes, beside the hash of the whole set.
ALTER TABLE policy_decisions ADD COLUMN files TEXT;
