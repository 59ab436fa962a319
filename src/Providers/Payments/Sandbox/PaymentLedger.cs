using Crescent.Providers.Sandbox;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Payments.Sandbox;

/// <summary>
/// The sandbox provider's own books, durable and apart from Crescent's events: what it says here is what was really
/// taken and given back. Every change is committed before it is answered.
/// </summary>
public sealed class PaymentLedger : IAsyncDisposable
{
    private const int SettleBatch = 100;

    private readonly SandboxDatabase<LedgerStatements> _database;
    private readonly TimeProvider _time;
    private volatile TaskCompletionSource _lateAdded = NewSignal();

    public PaymentLedger(IOptions<PaymentSandboxOptions> options, TimeProvider time)
    {
        _database = new SandboxDatabase<LedgerStatements>(
            options.Value.LedgerPath, options.Value.Queue, SandboxSql.Load(typeof(LedgerStatements), "CreateSchema"), static connection => new LedgerStatements(connection));
        _time = time;
    }

    /// <summary>Every movement of money so far, in the order it happened.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadEntriesAsync(CancellationToken ct = default) =>
        await _database.RunAsync(static statements => statements.ReadEntries(), ct);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    internal Task<LedgerPayment?> FindAsync(string key, CancellationToken ct) =>
        _database.RunAsync(statements => statements.Find(key) is { } found ? Apply(statements, found, static payment => payment) : null, ct);

    /// <summary>Changes what stands under a key, or creates it; a late capture that is due comes first.</summary>
    internal async Task<LedgerPayment> ChangeAsync(string key, Func<LedgerPayment, LedgerPayment> change, CancellationToken ct)
    {
        var payment = await _database.RunAsync(statements => Apply(statements, statements.Find(key) ?? new LedgerPayment(key), change), ct);
        if (payment.State == LedgerState.Late)
            _lateAdded.TrySetResult();
        return payment;
    }

    /// <summary>Takes the money of late captures that are due. Answers when the next one will be.</summary>
    internal Task<DateTimeOffset?> SettleAsync(CancellationToken ct) =>
        _database.RunAsync(statements =>
        {
            foreach (var key in statements.ReadDue(_time.GetUtcNow(), SettleBatch))
                Apply(statements, statements.Find(key)!, static payment => payment);
            return statements.NextDue();
        }, ct);

    /// <summary>A task that completes when a late capture is added after this call.</summary>
    internal Task WhenLateAdded()
    {
        if (_lateAdded.Task.IsCompleted)
            _lateAdded = NewSignal();
        return _lateAdded.Task;
    }

    private LedgerPayment Apply(LedgerStatements statements, LedgerPayment before, Func<LedgerPayment, LedgerPayment> change)
    {
        var now = _time.GetUtcNow();
        var due = Book(statements, before, before.CaptureIfDue(now), now);
        var after = Book(statements, due, change(due), now);
        if (after != before)
            statements.Write(after);
        return after;
    }

    private static LedgerPayment Book(LedgerStatements statements, LedgerPayment before, LedgerPayment after, DateTimeOffset now)
    {
        if (after.State == before.State) return after;
        statements.Write(after);
        if (after.State == LedgerState.Captured)
            statements.AddEntry(after, LedgerEntryKind.Capture, now);
        else if (after.State == LedgerState.Refunded)
            statements.AddEntry(after, LedgerEntryKind.Refund, now);
        return after;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
