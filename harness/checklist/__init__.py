"""`make checklist`: the owner's deployment checklist, ticked off with evidence."""
