-- A line may only follow the last one and link to it. This also stops INSERT OR REPLACE, for which SQLite runs no delete trigger.
CREATE TRIGGER journal_act_follows BEFORE INSERT ON journal_act
WHEN NEW.sequence <> COALESCE((SELECT MAX(sequence) FROM journal_act), 0) + 1
  OR NEW.previous <> COALESCE((SELECT digest FROM journal_act WHERE sequence = NEW.sequence - 1),
                              '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
  SELECT RAISE(ABORT, 'journal_act: a line follows the last one and links to it');
END;

CREATE TRIGGER journal_act_no_update BEFORE UPDATE ON journal_act
BEGIN
  SELECT RAISE(ABORT, 'journal_act: acts are never changed');
END;

CREATE TRIGGER journal_act_no_delete BEFORE DELETE ON journal_act
BEGIN
  SELECT RAISE(ABORT, 'journal_act: acts are never deleted');
END;
