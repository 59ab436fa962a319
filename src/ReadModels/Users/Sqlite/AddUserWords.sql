INSERT INTO user_words (word, created_position)
VALUES (?1, ?2);
