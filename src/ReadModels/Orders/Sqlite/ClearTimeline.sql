DELETE FROM order_timeline;
