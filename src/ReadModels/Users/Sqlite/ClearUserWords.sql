DELETE FROM user_words;
