using Crescent.EventStore.Tests.Postgres;

namespace Crescent.EventStore.Tests.Contract;

public sealed class PostgresAppendTests : AppendContract<PostgresFixture>;

public sealed class PostgresReadTests : ReadContract<PostgresFixture>;

public sealed class PostgresPersonalDataTests : PersonalDataContract<PostgresFixture>;
