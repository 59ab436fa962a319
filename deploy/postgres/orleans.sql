-- Orleans' tables in PostgreSQL (15 or newer): membership, reminders and grain storage, and in OrleansQuery the statements
-- with which the AdoNet providers use them, Microsoft's and the engine's alike. Run it as one transaction (psql -1). It may
-- be run again, also by several processes at once, and then renews the statements; what the tables hold stays.
--
-- The providers call a statement by its key, with parameters by name. Parameters are cast, since a null has no type.

SELECT pg_advisory_xact_lock(7081994201147);

CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

-- Membership: one row a cluster with the version of its membership, and one row a life of a silo. Every change of a member
-- but its sign of life goes with an increment of the version; whoever changes takes the lock of the version row first.

CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable (
    DeploymentId text PRIMARY KEY,
    Timestamp timestamptz NOT NULL DEFAULT now(),
    Version int NOT NULL
);

CREATE TABLE IF NOT EXISTS OrleansMembershipTable (
    DeploymentId text NOT NULL,
    Address text NOT NULL,
    Port int NOT NULL,
    Generation int NOT NULL,
    SiloName text NOT NULL,
    HostName text NOT NULL,
    Status int NOT NULL,
    ProxyPort int,
    SuspectTimes text,
    StartTime timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation),
    FOREIGN KEY (DeploymentId) REFERENCES OrleansMembershipVersionTable
);

-- Reminders: read by grain, and by range of the grains' hashes.

CREATE TABLE IF NOT EXISTS OrleansRemindersTable (
    ServiceId text NOT NULL,
    GrainId text NOT NULL,
    ReminderName text NOT NULL,
    StartTime timestamptz NOT NULL,
    Period bigint NOT NULL,
    GrainHash int NOT NULL,
    Version int NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

CREATE INDEX IF NOT EXISTS OrleansRemindersTable_GrainHash ON OrleansRemindersTable (ServiceId, GrainHash);

-- Grain storage: the hashes find a row, the other columns decide. The constraint is what refuses the second of two
-- concurrent first writes; a grain without a key extension has null there.

CREATE TABLE IF NOT EXISTS OrleansStorage (
    GrainIdHash int NOT NULL,
    GrainIdN0 bigint NOT NULL,
    GrainIdN1 bigint NOT NULL,
    GrainTypeHash int NOT NULL,
    GrainTypeString text NOT NULL,
    GrainIdExtensionString text,
    ServiceId text NOT NULL,
    PayloadBinary bytea,
    ModifiedOn timestamptz NOT NULL DEFAULT now(),
    Version int NOT NULL,
    CONSTRAINT OrleansStorage_OneRowPerGrain UNIQUE NULLS NOT DISTINCT
        (GrainIdHash, GrainTypeHash, ServiceId, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
-- Parameters: DeploymentId. Answers 1 if it made the version row, 0 if it was there.
('InsertMembershipVersionKey', $text$
WITH made AS (
    INSERT INTO OrleansMembershipVersionTable (DeploymentId, Version)
    VALUES (@DeploymentId, 0)
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT CAST(count(*) AS int) FROM made
$text$),

-- Parameters: DeploymentId. A cluster without members answers with one row that has the version alone.
('MembershipReadAllKey', $text$
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
WHERE v.DeploymentId = @DeploymentId
$text$),

-- Parameters: DeploymentId, Address, Port, Generation.
('MembershipReadRowKey', $text$
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m
    ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
WHERE v.DeploymentId = @DeploymentId
$text$),

-- Parameters: DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime,
-- Version. Answers 1 if it did both, 0 if neither. The lock on the version row also looks at its newest content, so that
-- of two silos with the same version one finds no row.
('InsertMembershipKey', $text$
WITH expected AS (
    SELECT DeploymentId FROM OrleansMembershipVersionTable
    WHERE DeploymentId = @DeploymentId AND Version = CAST(@Version AS int)
    FOR UPDATE
),
member AS (
    INSERT INTO OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT DeploymentId, CAST(@Address AS text), CAST(@Port AS int), CAST(@Generation AS int), CAST(@SiloName AS text),
        CAST(@HostName AS text), CAST(@Status AS int), CAST(@ProxyPort AS int), CAST(@StartTime AS timestamptz),
        CAST(@IAmAliveTime AS timestamptz)
    FROM expected
    ON CONFLICT DO NOTHING
    RETURNING DeploymentId
),
version AS (
    UPDATE OrleansMembershipVersionTable v SET Version = v.Version + 1, Timestamp = now()
    FROM member WHERE v.DeploymentId = member.DeploymentId
    RETURNING 1
)
SELECT CAST(count(*) AS int) FROM version
$text$),

-- Parameters: DeploymentId, Address, Port, Generation, Status, SuspectTimes, IAmAliveTime, Version. Answers as the one above.
('UpdateMembershipKey', $text$
WITH expected AS (
    SELECT DeploymentId FROM OrleansMembershipVersionTable
    WHERE DeploymentId = @DeploymentId AND Version = CAST(@Version AS int)
    FOR UPDATE
),
member AS (
    UPDATE OrleansMembershipTable m
    SET Status = CAST(@Status AS int), SuspectTimes = CAST(@SuspectTimes AS text), IAmAliveTime = CAST(@IAmAliveTime AS timestamptz)
    FROM expected
    WHERE m.DeploymentId = expected.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
    RETURNING m.DeploymentId
),
version AS (
    UPDATE OrleansMembershipVersionTable v SET Version = v.Version + 1, Timestamp = now()
    FROM member WHERE v.DeploymentId = member.DeploymentId
    RETURNING 1
)
SELECT CAST(count(*) AS int) FROM version
$text$),

-- Parameters: DeploymentId, Address, Port, Generation, IAmAliveTime.
('UpdateIAmAlivetimeKey', $text$
UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
$text$),

-- Parameters: DeploymentId, Status.
('GatewaysQueryKey', $text$
SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
$text$),

-- Parameters: DeploymentId.
('DeleteMembershipTableEntriesKey', $text$
WITH locked AS MATERIALIZED (
    SELECT DeploymentId FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId FOR UPDATE
),
members AS (
    DELETE FROM OrleansMembershipTable m USING locked WHERE m.DeploymentId = locked.DeploymentId
)
DELETE FROM OrleansMembershipVersionTable v USING locked WHERE v.DeploymentId = locked.DeploymentId
$text$),

-- Parameters: DeploymentId, IAmAliveTime. Active members (3) stay, however long they have been silent.
('CleanupDefunctSiloEntriesKey', $text$
WITH locked AS MATERIALIZED (
    SELECT DeploymentId FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId FOR UPDATE
)
DELETE FROM OrleansMembershipTable m USING locked
WHERE m.DeploymentId = locked.DeploymentId AND m.IAmAliveTime < @IAmAliveTime AND m.Status <> 3
$text$),

-- Parameters: ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash. Answers the new version.
('UpsertReminderRowKey', $text$
INSERT INTO OrleansRemindersTable AS r (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE
SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = r.Version + 1
RETURNING Version
$text$),

-- Parameters: ServiceId, GrainId.
('ReadReminderRowsKey', $text$
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId
$text$),

-- Parameters: ServiceId, GrainId, ReminderName.
('ReadReminderRowKey', $text$
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName
$text$),

-- Parameters: ServiceId, BeginHash, EndHash. A range that begins below its end.
('ReadRangeRows1Key', $text$
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash
$text$),

-- Parameters: the same. A range that goes around the end of the numbers, or all of them.
('ReadRangeRows2Key', $text$
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)
$text$),

-- Parameters: ServiceId, GrainId, ReminderName, Version. Answers how many rows it deleted.
('DeleteReminderRowKey', $text$
WITH deleted AS (
    DELETE FROM OrleansRemindersTable
    WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = CAST(@Version AS int)
    RETURNING 1
)
SELECT CAST(count(*) AS int) FROM deleted
$text$),

-- Parameters: ServiceId.
('DeleteReminderRowsKey', $text$
DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId
$text$),

-- Parameters of the grain: GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString,
-- ServiceId. In addition: GrainStateVersion (null for a first write), PayloadBinary. Answers the new version, or the one
-- it was given if the stored one is another.
('WriteToStorageKey', $text$
WITH updated AS (
    UPDATE OrleansStorage
    SET PayloadBinary = CAST(@PayloadBinary AS bytea), ModifiedOn = now(), Version = Version + 1
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND ServiceId = @ServiceId
        AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainTypeString = @GrainTypeString
        AND GrainIdExtensionString IS NOT DISTINCT FROM CAST(@GrainIdExtensionString AS text)
        AND Version = CAST(@GrainStateVersion AS int)
    RETURNING Version
),
inserted AS (
    INSERT INTO OrleansStorage
        (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, Version)
    SELECT CAST(@GrainIdHash AS int), CAST(@GrainIdN0 AS bigint), CAST(@GrainIdN1 AS bigint), CAST(@GrainTypeHash AS int),
        CAST(@GrainTypeString AS text), CAST(@GrainIdExtensionString AS text), CAST(@ServiceId AS text), CAST(@PayloadBinary AS bytea), 1
    WHERE CAST(@GrainStateVersion AS int) IS NULL
    ON CONFLICT DO NOTHING
    RETURNING Version
)
SELECT coalesce((SELECT Version FROM updated), (SELECT Version FROM inserted), CAST(@GrainStateVersion AS int)) AS NewGrainStateVersion
$text$),

-- Parameters: those of the grain.
('ReadFromStorageKey', $text$
SELECT PayloadBinary, ModifiedOn, Version FROM OrleansStorage
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND ServiceId = @ServiceId
    AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainTypeString = @GrainTypeString
    AND GrainIdExtensionString IS NOT DISTINCT FROM CAST(@GrainIdExtensionString AS text)
$text$),

-- Parameters: those of the grain, GrainStateVersion. The row stays, so that its version goes on.
('ClearStorageKey', $text$
WITH cleared AS (
    UPDATE OrleansStorage
    SET PayloadBinary = NULL, ModifiedOn = now(), Version = Version + 1
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND ServiceId = @ServiceId
        AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainTypeString = @GrainTypeString
        AND GrainIdExtensionString IS NOT DISTINCT FROM CAST(@GrainIdExtensionString AS text)
        AND Version = CAST(@GrainStateVersion AS int)
    RETURNING Version
)
SELECT coalesce((SELECT Version FROM cleared), CAST(@GrainStateVersion AS int)) AS NewGrainStateVersion
$text$),

-- Parameters: those of the grain, GrainStateVersion.
('DeleteStorageKey', $text$
WITH deleted AS (
    DELETE FROM OrleansStorage
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND ServiceId = @ServiceId
        AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainTypeString = @GrainTypeString
        AND GrainIdExtensionString IS NOT DISTINCT FROM CAST(@GrainIdExtensionString AS text)
        AND Version = CAST(@GrainStateVersion AS int)
    RETURNING Version + 1 AS Version
)
SELECT coalesce((SELECT Version FROM deleted), CAST(@GrainStateVersion AS int)) AS NewGrainStateVersion
$text$)
ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
