-- What editions have printed, and which plans were made, is only added to.
CREATE FUNCTION figures_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME;
END $$;

CREATE TRIGGER figures_printed_no_update BEFORE UPDATE ON figures_printed FOR EACH ROW EXECUTE FUNCTION figures_append_only();
CREATE TRIGGER figures_printed_no_delete BEFORE DELETE ON figures_printed FOR EACH ROW EXECUTE FUNCTION figures_append_only();
CREATE TRIGGER figures_printed_no_truncate BEFORE TRUNCATE ON figures_printed FOR EACH STATEMENT EXECUTE FUNCTION figures_append_only();
CREATE TRIGGER figures_publication_plan_no_update BEFORE UPDATE ON figures_publication_plan FOR EACH ROW EXECUTE FUNCTION figures_append_only();
CREATE TRIGGER figures_publication_plan_no_delete BEFORE DELETE ON figures_publication_plan FOR EACH ROW EXECUTE FUNCTION figures_append_only();
CREATE TRIGGER figures_publication_plan_no_truncate BEFORE TRUNCATE ON figures_publication_plan FOR EACH STATEMENT EXECUTE FUNCTION figures_append_only();
