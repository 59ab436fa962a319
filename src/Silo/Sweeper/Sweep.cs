using Crescent.GrainInterfaces.EmailClaims;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.ReadModels.Due;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Sweeper;

/// <summary>
/// One pass over everything that is due: resumes sagas, expires reservations, looks at e-mail claims nobody confirmed.
/// Each call may be repeated, so one that fails simply comes up again in the next pass.
/// </summary>
public sealed partial class Sweep(
    DueQueries due, IGrainFactory grains, IOptions<SweeperOptions> options, TimeProvider time, ILogger<Sweep> logger)
{
    private readonly ILogger _logger = logger;

    /// <param name="leftAloneAfter">Sagas in which something has happened more recently are passed over.</param>
    /// <returns>The grains called, failed calls included.</returns>
    public async Task<int> RunAsync(TimeSpan leftAloneAfter, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await SweepAsync(DueKind.Saga, now - leftAloneAfter, ct)
            + await SweepAsync(DueKind.Reservation, now, ct)
            + await SweepAsync(DueKind.EmailClaim, now, ct);
    }

    private async Task<int> SweepAsync(DueKind kind, DateTimeOffset by, CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        DueItem? last = null;
        while (await due.ReadAsync(kind, by, last, options.Value.PageSize, ct) is { Count: > 0 } page)
        {
            last = page[^1];
            var owners = page.Select(static item => item.Owner).Where(seen.Add).ToList();
            await Parallel.ForEachAsync(
                owners, new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxParallel, CancellationToken = ct },
                async (owner, token) => await CallAsync(kind, owner, token));
        }
        return seen.Count;
    }

    private async Task CallAsync(DueKind kind, string owner, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await SeeToAsync(kind, owner, limit.Token).WaitAsync(options.Value.CallTimeout, time, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await limit.CancelAsync();
            LogFailed(kind, owner, e);
        }
    }

    private Task SeeToAsync(DueKind kind, string owner, CancellationToken ct) => kind switch
    {
        DueKind.Saga => grains.GetGrain<IOrderSagaGrain>(owner).Resume(ct),
        DueKind.Reservation => grains.GetGrain<IInventoryGrain>(owner).ExpireReservations(ct),
        DueKind.EmailClaim => grains.GetGrain<IEmailClaimGrain>(owner).Sweep(ct),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
