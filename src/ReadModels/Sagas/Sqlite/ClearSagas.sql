DELETE FROM saga_views;
