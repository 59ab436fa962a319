using Crescent.Domain;
using Crescent.Domain.Analytics;
using Crescent.Domain.Mail;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.EventStore;
using Crescent.EventStore.Leases;

namespace CrashHost;

/// <summary>Kills around appends; a point is named after the category and the types of the events.</summary>
internal sealed class CrashingEventStore(IEventStore inner, CrashPoints points) : IEventStore
{
    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default) =>
        await points.AroundAsync([NameOf(request)], () => inner.AppendAsync(request, ct).AsTask());

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default) =>
        inner.ReadStreamAsync(stream, afterVersion, maxCount, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default) =>
        inner.ReadLogAsync(afterPosition, maxCount, ct);

    public Task<long> ReadHeadAsync(CancellationToken ct = default) => inner.ReadHeadAsync(ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default) =>
        inner.ReadCommandAsync(stream, commandId, ct);

    public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class =>
        inner.ReadSnapshotAsync<TState>(stream, ct);

    public Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class =>
        inner.WriteSnapshotAsync(snapshot, ct);

    private static string NameOf(AppendRequest request) =>
        $"append {request.Stream.Category} {string.Join('+', request.Events.Select(e => e.Event.GetType().Name))}";
}

/// <summary>Kills around what the payment provider writes to its ledger.</summary>
internal sealed class CrashingPaymentProvider(IPaymentProvider inner, CrashPoints points) : IPaymentProvider
{
    public string Name => inner.Name;

    public Task<PaymentOutcome> CaptureAsync(PaymentKey key, Money amount, string token, CancellationToken ct = default) =>
        points.AroundAsync(["ledger capture"], () => inner.CaptureAsync(key, amount, token, ct));

    public Task<PaymentStanding> FindAsync(PaymentKey key, CancellationToken ct = default) => inner.FindAsync(key, ct);

    public Task<PaymentStanding> CancelAsync(PaymentKey key, CancellationToken ct = default) =>
        points.AroundAsync(["ledger cancel"], () => inner.CancelAsync(key, ct));

    public Task<PaymentStanding> RefundAsync(PaymentKey key, CancellationToken ct = default) =>
        points.AroundAsync(["ledger refund"], () => inner.RefundAsync(key, ct));
}

/// <summary>Kills around the carrier's bookings.</summary>
internal sealed class CrashingCarrier(ICarrier inner, CrashPoints points) : ICarrier
{
    public string Name => inner.Name;

    public Task<CarrierOutcome> BookAsync(ParcelOrder parcel, CancellationToken ct = default) =>
        points.AroundAsync(["carrier book"], () => inner.BookAsync(parcel, ct));

    public Task<bool> CancelAsync(string orderId, CancellationToken ct = default) =>
        points.AroundAsync(["carrier cancel"], () => inner.CancelAsync(orderId, ct));
}

/// <summary>Kills around mails.</summary>
internal sealed class CrashingMailer(IMailer inner, CrashPoints points) : IMailer
{
    public Task<MailOutcome> SendAsync(MailMessage message, CancellationToken ct = default) =>
        points.AroundAsync(["mail send"], () => inner.SendAsync(message, ct));

    public Task EraseAsync(string userId, CancellationToken ct = default) => inner.EraseAsync(userId, ct);
}

/// <summary>A consumer that is killed around what it commits.</summary>
internal sealed class CrashingConsumer(ILogConsumer inner, CrashPoints points) : ILogConsumer
{
    public string Name => inner.Name;

    public ISubscriber Begin(Lease lease) => new CrashingSubscriber(inner.Begin(lease), points);
}

/// <summary>
/// Kills around what a consumer of the log commits. How many batches an order's events make differs from run to run, that
/// there is a first one does not.
/// </summary>
internal sealed class CrashingSubscriber(ISubscriber inner, CrashPoints points) : ISubscriber
{
    public string Name => inner.Name;

    public Task<long> ReadCheckpointAsync(CancellationToken ct) => inner.ReadCheckpointAsync(ct);

    public Task ApplyAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct) =>
        points.AroundAsync([CrashPoints.FirstOnly + "view " + inner.Name], async () =>
        {
            await inner.ApplyAsync(events, ct);
            return true;
        });
}

/// <summary>Kills around what analytics count; only the first time, as with every consumer.</summary>
internal sealed class CrashingAnalyticsStore(IAnalyticsStore inner, CrashPoints points) : IAnalyticsStore
{
    public Task<long> ReadCheckpointAsync(string consumer, CancellationToken ct = default) => inner.ReadCheckpointAsync(consumer, ct);

    public Task<bool> ApplyAsync(string consumer, long from, long to, IReadOnlyList<BucketIncrement> increments, CancellationToken ct = default) =>
        points.AroundAsync(increments.Count == 0 ? [] : [CrashPoints.FirstOnly + "analytics"], () => inner.ApplyAsync(consumer, from, to, increments, ct));

    public Task<IReadOnlyList<Bucket>> QueryAsync(
        Metric metric, BucketSize size, DateTimeOffset since, DateTimeOffset before, CancellationToken ct = default) =>
        inner.QueryAsync(metric, size, since, before, ct);
}
