-- What the processes of an attempt have used.
ALTER TABLE task_attempts ADD COLUMN cpu_milliseconds INTEGER;
ALTER TABLE task_attempts ADD COLUMN peak_memory_bytes INTEGER;
ALTER TABLE task_attempts ADD COLUMN wall_milliseconds INTEGER;
