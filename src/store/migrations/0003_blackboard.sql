-- What a decision rested on, in short: the facts that explain it to people.
ALTER TABLE policy_decisions ADD COLUMN facts TEXT;
