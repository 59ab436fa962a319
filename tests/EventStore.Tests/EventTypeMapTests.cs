using System.Text.Json.Nodes;
using Crescent.Domain;
using Crescent.EventStore.InMemory;
using Crescent.EventStore.Serialization;

namespace Crescent.EventStore.Tests;

public sealed class EventTypeMapTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decode_OlderVersions_AreUpcastStepByStep()
    {
        var before = Codec(EventTypeMap.Create(types => types.Add<Priced1>("priced")));
        var between = Codec(EventTypeMap.Create(types => types.Add<Priced2>("priced", Cents)));
        var now = Codec(EventTypeMap.Create(types => types.Add<Priced3>("priced", Cents, WithCurrency)));
        var first = await before.EncodeAsync(Sample.Request(Sample.NewStream(), 0, new Priced1(1.25m)), Ct);
        var second = await between.EncodeAsync(Sample.Request(Sample.NewStream(), 0, new Priced2(300)), Ct);

        var events = await now.DecodeAsync([.. first, .. second], Ct);

        Assert.Equal([new Priced3(125, "USD"), new Priced3(300, "USD")], events.Select(e => e.Event));
        Assert.Equal([1, 2], events.Select(e => e.SchemaVersion));
    }

    [Fact]
    public async Task Decode_VersionOfANewerRelease_IsALoudFailure()
    {
        var newer = Codec(EventTypeMap.Create(types => types.Add<Priced2>("priced", Cents)));
        var older = Codec(EventTypeMap.Create(types => types.Add<Priced1>("priced")));
        var stored = await newer.EncodeAsync(Sample.Request(Sample.NewStream(), 0, new Priced2(300)), Ct);

        var failure = await Assert.ThrowsAsync<UnknownEventTypeException>(async () => await older.DecodeAsync(stored, Ct));
        Assert.Equal("The log has version 2 of 'priced', but this release knows only 1 to 1.", failure.Message);
    }

    [Fact]
    public async Task Decode_UnknownName_IsALoudFailure()
    {
        var stored = await Codec(Sample.Types).EncodeAsync(Sample.Request(Sample.NewStream(), 0, Sample.Counted()), Ct);
        var stranger = Codec(EventTypeMap.Create(types => types.Add<Priced1>("priced")));

        await Assert.ThrowsAsync<UnknownEventTypeException>(async () => await stranger.DecodeAsync(stored, Ct));
    }

    [Fact]
    public async Task Decode_MemberMissingInTheLog_IsALoudFailure()
    {
        var stored = await Codec(EventTypeMap.Create(types => types.Add<Priced1>("priced"))).EncodeAsync(
            Sample.Request(Sample.NewStream(), 0, new Priced1(1m)), Ct);
        var withoutUpcaster = Codec(EventTypeMap.Create(types => types.Add<Priced3>("priced")));

        await Assert.ThrowsAsync<System.Text.Json.JsonException>(async () => await withoutUpcaster.DecodeAsync(stored, Ct));
    }

    [Fact]
    public void Add_NameOrRecordTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => EventTypeMap.Create(types => types.Add<Priced1>("a").Add<Priced2>("a")));
        Assert.Throws<ArgumentException>(() => EventTypeMap.Create(types => types.Add<Priced1>("a").Add<Priced1>("b")));
    }

    [Fact]
    public async Task Encode_PersonalMembersWithoutSubject_IsALoudFailure()
    {
        var codec = Codec(EventTypeMap.Create(types => types.Add<Nobodys>("nobodys")));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await codec.EncodeAsync(Sample.Request(Sample.NewStream(), 0, new Nobodys("Ada")), Ct));
        Assert.Contains(nameof(IPersonalData), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TypeShape_ChangedMember_ChangesTheHash()
    {
        Type[] shapes = [typeof(SampleState), typeof(SampleStateBefore), typeof(Priced1), typeof(Priced2), typeof(Priced3)];

        Assert.Equal(shapes.Length, shapes.Select(type => TypeShape.Of(type).Hash).Distinct().Count());
    }

    static EventCodec Codec(EventTypeMap types) => new(types, new InMemoryPersonalKeys());

    static JsonObject Cents(JsonObject priced) => new() { ["cents"] = (int)(priced["price"]!.GetValue<decimal>() * 100) };

    static JsonObject WithCurrency(JsonObject priced)
    {
        priced["currency"] = "USD";
        return priced;
    }

    sealed record Priced1(decimal Price) : IDomainEvent;

    sealed record Priced2(int Cents) : IDomainEvent;

    sealed record Priced3(int Cents, string Currency) : IDomainEvent;

    sealed record Nobodys([property: Personal] string Name) : IDomainEvent;
}
