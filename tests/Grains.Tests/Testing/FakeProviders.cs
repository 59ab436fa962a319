using System.Collections.Concurrent;
using Crescent.Domain.Analytics;
using Crescent.Domain.Mail;
using Crescent.Domain.Shipments;

namespace Crescent.Grains.Tests.Testing;

/// <summary>A carrier in memory; before each answer it does what a test tells it.</summary>
sealed class FakeCarrier : ICarrier
{
    readonly ConcurrentDictionary<string, string> _parcels = new();

    public string Name => "fake";

    public Func<ParcelOrder, Task>? BeforeBooking { get; set; }

    public async Task<CarrierOutcome> BookAsync(ParcelOrder parcel, CancellationToken ct = default)
    {
        if (BeforeBooking is { } before) await before(parcel);
        var standing = _parcels.GetOrAdd(parcel.OrderId, "booked");
        return standing == "booked" ? new CarrierOutcome.Booked($"trk-{parcel.OrderId}") : new CarrierOutcome.Refused("cancelled");
    }

    public Task<bool> CancelAsync(string orderId, CancellationToken ct = default)
    {
        _parcels[orderId] = "cancelled";
        return Task.FromResult(true);
    }
}

/// <summary>A mailer in memory that refuses addresses at unsendable.test.</summary>
sealed class FakeMailer : IMailer
{
    public ConcurrentDictionary<Guid, MailMessage> Sent { get; } = new();

    public ConcurrentBag<string> Erased { get; } = [];

    public Task<MailOutcome> SendAsync(MailMessage message, CancellationToken ct = default)
    {
        if (message.To.EndsWith("@unsendable.test", StringComparison.Ordinal)) return Task.FromResult<MailOutcome>(new MailOutcome.Refused("no such mailbox"));
        Sent[message.Id] = message;
        return Task.FromResult<MailOutcome>(new MailOutcome.Sent());
    }

    public Task EraseAsync(string userId, CancellationToken ct = default)
    {
        Erased.Add(userId);
        return Task.CompletedTask;
    }
}

/// <summary>Analytics buckets in memory.</summary>
sealed class FakeAnalytics : IAnalyticsStore
{
    readonly Lock _gate = new();
    readonly Dictionary<string, long> _checkpoints = [];
    readonly Dictionary<BucketKey, decimal> _buckets = [];

    public decimal Total(Metric metric, string dimension)
    {
        lock (_gate)
            return _buckets.Where(b => b.Key.Metric == metric && b.Key.Dimension == dimension && b.Key.Size == BucketSize.Day).Sum(b => b.Value);
    }

    public Task<long> ReadCheckpointAsync(string consumer, CancellationToken ct = default)
    {
        lock (_gate) return Task.FromResult(_checkpoints.GetValueOrDefault(consumer));
    }

    public Task<bool> ApplyAsync(string consumer, long from, long to, IReadOnlyList<BucketIncrement> increments, CancellationToken ct = default)
    {
        lock (_gate)
        {
            if (_checkpoints.GetValueOrDefault(consumer) != from) return Task.FromResult(false);
            _checkpoints[consumer] = to;
            foreach (var increment in increments) _buckets[increment.Key] = _buckets.GetValueOrDefault(increment.Key) + increment.Amount;
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<Bucket>> QueryAsync(Metric metric, BucketSize size, DateTimeOffset since, DateTimeOffset before, CancellationToken ct = default)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<Bucket>>(
                [.. _buckets.Where(b => b.Key.Metric == metric && b.Key.Size == size && b.Key.Start >= since && b.Key.Start < before).Select(b => new Bucket(b.Key, b.Value))]);
    }
}

/// <summary>The system's clock, moved by as much as a test says; timers run as ever.</summary>
sealed class ShiftedTime : TimeProvider
{
    long _shift;

    public void Shift(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _shift));
}
