UPDATE order_views
SET user_name = NULL
WHERE user_id = ?1;
