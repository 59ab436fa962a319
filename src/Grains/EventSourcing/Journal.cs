using System.Diagnostics.CodeAnalysis;
using Crescent.Domain;
using Crescent.EventStore;
using Orleans.Serialization.Cloning;

namespace Crescent.Grains.EventSourcing;

/// <summary>
/// What JournaledGrain holds: it changes this wrapper in place and copies it whole, while the domain's state inside is
/// immutable and therefore shared.
/// </summary>
public sealed class Journal<TState> where TState : class
{
    /// <summary>The state; null stands for that of a stream without events.</summary>
    public TState? Value { get; set; }

    /// <summary>The stream's version of <see cref="Value"/>. JournaledGrain's own differs once it was made to drop a batch.</summary>
    public int Version { get; set; }
}

/// <summary>Copies the wrapper and shares what is in it, so that the domain's state needs no serializer.</summary>
[RegisterCopier]
public sealed class JournalCopier<TState> : IDeepCopier<Journal<TState>> where TState : class
{
    [return: NotNullIfNotNull(nameof(input))]
    public Journal<TState>? DeepCopy(Journal<TState>? input, CopyContext context) =>
        input is null ? null : new() { Value = input.Value, Version = input.Version };
}

/// <summary>An event of the domain with what the store keeps beside it.</summary>
public sealed record Recorded<TEvent>(Guid EventId, TEvent Event, EventMetadata Metadata) where TEvent : class, IDomainEvent;
