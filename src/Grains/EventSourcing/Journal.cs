using Crescent.Domain;
using Crescent.EventStore;
using Orleans.Serialization.Cloning;

namespace Crescent.Grains.EventSourcing;

/// <summary>
/// What JournaledGrain holds: it changes this wrapper in place and copies it whole, while the domain's state inside is
/// immutable and therefore shared. Null stands for the state of a stream without events.
/// </summary>
public sealed class Journal<TState> where TState : class
{
    public TState? Value { get; set; }
}

/// <summary>Copies the wrapper and shares what is in it, so that the domain's state needs no serializer.</summary>
[RegisterCopier]
public sealed class JournalCopier<TState> : IDeepCopier<Journal<TState>> where TState : class
{
    public Journal<TState> DeepCopy(Journal<TState> input, CopyContext context) => new() { Value = input.Value };
}

/// <summary>An event of the domain with what the store keeps beside it.</summary>
public sealed record Recorded<TEvent>(Guid EventId, TEvent Event, EventMetadata Metadata) where TEvent : class, IDomainEvent;
