using Crescent.EventStore.Tests.Sqlite;

namespace Crescent.EventStore.Tests.Contract;

public sealed class SqliteAppendTests : AppendContract<SqliteFixture>;

public sealed class SqliteReadTests : ReadContract<SqliteFixture>;

public sealed class SqlitePersonalDataTests : PersonalDataContract<SqliteFixture>;
