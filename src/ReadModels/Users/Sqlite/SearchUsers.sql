SELECT u.created_position, u.user_id, u.status, u.email, u.name, u.created_at, u.updated_at, u.version
FROM user_words AS first
JOIN user_views AS u ON u.created_position = first.created_position
WHERE first.word = ?1
  AND first.created_position < ?2
  AND NOT EXISTS (
    SELECT 1
    FROM json_each(?3) AS other
    WHERE NOT EXISTS (
      SELECT 1
      FROM user_words AS w
      WHERE w.word = other.value AND w.created_position = first.created_position))
ORDER BY first.created_position DESC
LIMIT ?4;
