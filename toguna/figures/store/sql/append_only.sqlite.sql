-- What editions have printed, and which plans were made, is only added to. The insert triggers stop INSERT OR REPLACE, for which SQLite
-- runs no delete trigger.
CREATE TRIGGER figures_printed_no_replace BEFORE INSERT ON figures_printed
WHEN EXISTS (SELECT 1 FROM figures_printed WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'figures_printed: rows are never changed');
END;

CREATE TRIGGER figures_printed_no_update BEFORE UPDATE ON figures_printed
BEGIN
  SELECT RAISE(ABORT, 'figures_printed: rows are never changed');
END;

CREATE TRIGGER figures_printed_no_delete BEFORE DELETE ON figures_printed
BEGIN
  SELECT RAISE(ABORT, 'figures_printed: rows are never deleted');
END;

CREATE TRIGGER figures_publication_plan_no_replace BEFORE INSERT ON figures_publication_plan
WHEN EXISTS (SELECT 1 FROM figures_publication_plan WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM figures_publication_plan
             WHERE indicator = NEW.indicator AND start = NEW.start AND "end" = NEW."end" AND act = NEW.act)
BEGIN
  SELECT RAISE(ABORT, 'figures_publication_plan: rows are never changed');
END;

CREATE TRIGGER figures_publication_plan_no_update BEFORE UPDATE ON figures_publication_plan
BEGIN
  SELECT RAISE(ABORT, 'figures_publication_plan: rows are never changed');
END;

CREATE TRIGGER figures_publication_plan_no_delete BEFORE DELETE ON figures_publication_plan
BEGIN
  SELECT RAISE(ABORT, 'figures_publication_plan: rows are never deleted');
END;
