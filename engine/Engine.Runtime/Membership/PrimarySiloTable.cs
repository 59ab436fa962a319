using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Something that another silo wants done with the table that a primary silo has in memory.</summary>
[GenerateSerializer]
internal sealed record TableRequest(
    [property: Id(0)] TableRequestKind Kind,
    [property: Id(1)] MembershipEntry? Entry = null,
    [property: Id(2)] string? ETag = null,
    [property: Id(3)] TableVersion? Version = null,
    [property: Id(4)] SiloAddress? Silo = null,
    [property: Id(5)] DateTimeOffset Before = default);

/// <summary>What came of it.</summary>
[GenerateSerializer]
internal sealed record TableReply([property: Id(0)] bool IsDone, [property: Id(1)] MembershipTableData? Data = null);

/// <summary>The operations of <see cref="IMembershipTable"/>. The numbers are on the wire.</summary>
internal enum TableRequestKind
{
    ReadAll = 0,
    ReadRow = 1,
    Insert = 2,
    Update = 3,
    SayAlive = 4,
    Cleanup = 5,
}

/// <summary>Lets the other silos use this silo's table.</summary>
internal sealed class PrimarySiloTable(ISiloControl control, Serializer serializer, IMembershipTable table) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) => observer.Subscribe<PrimarySiloTable>(ServiceLifecycleStage.RuntimeInitialize, _ =>
    {
        if (table is MemoryMembershipTable)
        {
            control.Handle(ControlTopic.MembershipTable, async (_, body, _) => serializer.SerializeToArray(await DoAsync(serializer.Deserialize<TableRequest>(body)).ConfigureAwait(false)));
        }

        return Task.CompletedTask;
    });

    private async Task<TableReply> DoAsync(TableRequest request)
    {
        switch (request.Kind)
        {
            case TableRequestKind.ReadAll:
                return new(IsDone: true, await table.ReadAll().ConfigureAwait(false));
            case TableRequestKind.ReadRow:
                return new(IsDone: true, await table.ReadRow(request.Silo!).ConfigureAwait(false));
            case TableRequestKind.Insert:
                return new(await table.InsertRow(request.Entry!, request.Version!).ConfigureAwait(false));
            case TableRequestKind.Update:
                return new(await table.UpdateRow(request.Entry!, request.ETag!, request.Version!).ConfigureAwait(false));
            case TableRequestKind.SayAlive:
                await table.UpdateIAmAlive(request.Entry!).ConfigureAwait(false);
                return new(IsDone: true);
            case TableRequestKind.Cleanup:
                await table.CleanupDefunctSiloEntries(request.Before).ConfigureAwait(false);
                return new(IsDone: true);
            default:
                throw new OrleansException($"There is no operation {request.Kind} on the membership table.");
        }
    }
}
