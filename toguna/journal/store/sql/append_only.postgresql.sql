-- A line may only follow the last one and link to it.
CREATE FUNCTION journal_act_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence <> COALESCE((SELECT MAX(sequence) FROM journal_act), 0) + 1
     OR NEW.previous <> COALESCE((SELECT digest FROM journal_act WHERE sequence = NEW.sequence - 1), repeat('0', 64)) THEN
    RAISE EXCEPTION 'journal_act: a line follows the last one and links to it';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION journal_act_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'journal_act: acts are never changed or deleted';
END $$;

CREATE TRIGGER journal_act_follows BEFORE INSERT ON journal_act FOR EACH ROW EXECUTE FUNCTION journal_act_follows();
CREATE TRIGGER journal_act_no_update BEFORE UPDATE ON journal_act FOR EACH ROW EXECUTE FUNCTION journal_act_refuse();
CREATE TRIGGER journal_act_no_delete BEFORE DELETE ON journal_act FOR EACH ROW EXECUTE FUNCTION journal_act_refuse();
CREATE TRIGGER journal_act_no_truncate BEFORE TRUNCATE ON journal_act FOR EACH STATEMENT EXECUTE FUNCTION journal_act_refuse();
