DELETE FROM user_words
WHERE created_position = ?1;
