namespace Crescent.EventStore.Tests.Contract;

public sealed class InMemoryAppendTests : AppendContract<InMemoryFixture>;

public sealed class InMemoryReadTests : ReadContract<InMemoryFixture>;

public sealed class InMemoryPersonalDataTests : PersonalDataContract<InMemoryFixture>;
