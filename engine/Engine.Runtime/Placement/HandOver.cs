using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// Moves grains between silos when the cluster changes. Each silo ends the activations it has lost in a view and then tells
/// the others that it has installed it; a grain that has come in a view is activated when every live silo has installed that
/// view or a later one, or after a while.
/// </summary>
internal sealed partial class HandOver : IHandOver, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SiloAddress _self;
    private readonly IClusterViews _views;
    private readonly IClusterNetwork _network;
    private readonly ILocalActivations _activations;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Dictionary<SiloAddress, long> _installedBy = [];

    // The views in which owners changed. All have installed the first; the others are on their way, the newest is the last.
    private readonly List<Step> _steps = [new(ClusterView.Empty, 0)];

    // Views that were not waited for to the end, each with the one before it.
    private readonly List<(Step Step, ClusterView Before)> _late = [];
    private ClusterView _current = ClusterView.Empty;
    private long _installed;
    private volatile bool _isSettled = true;

    public HandOver(
        ILocalSiloDetails silo,
        IClusterViews views,
        IClusterNetwork network,
        ILocalActivations activations,
        TimeProvider time,
        IOptions<HandOverOptions> options,
        ILogger<HandOver> logger)
    {
        _self = silo.SiloAddress;
        _views = views;
        _network = network;
        _activations = activations;
        _time = time;
        _timeout = options.Value.HandOverTimeout;
        _logger = logger;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static handOver => ((HandOver)handOver!).Settle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        views.Changed += OnChanged;
    }

    /// <summary>The version for which this silo has let go of everything it lost.</summary>
    public long Installed => Interlocked.Read(ref _installed);

    public Task? Gate(GrainId grain)
    {
        if (_isSettled)
        {
            return null;
        }

        lock (_gate)
        {
            // The view in which it came here, if that is one of those on their way.
            Step? came = null;
            for (var i = _steps.Count - 1; i >= 0 && _self.Equals(_steps[i].View.OwnerOf(grain)); i--)
            {
                came = i > 0 ? _steps[i] : null;
            }

            return came?.Settled.Task;
        }
    }

    /// <summary>Another silo has installed that version.</summary>
    public void Heard(SiloAddress silo, long installed)
    {
        lock (_gate)
        {
            if (installed <= _installedBy.GetValueOrDefault(silo))
            {
                return;
            }

            _installedBy[silo] = installed;
        }

        Settle();
    }

    /// <summary>Completes when every live silo has installed the newest view, or after a while.</summary>
    public async Task WhenSettledAsync(CancellationToken cancellationToken)
    {
        Task settled;
        lock (_gate)
        {
            settled = _steps.Count == 1 ? Task.CompletedTask : _steps[^1].Settled.Task;
        }

        await settled.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _views.Changed -= OnChanged;
        _timer.Dispose();
    }

    private void OnChanged(ClusterView view)
    {
        lock (_gate)
        {
            _current = view;
            foreach (var gone in _installedBy.Keys.Where(silo => view.IsDead(silo)).ToList())
            {
                _installedBy.Remove(gone);
            }

            if (!view.Owners.AsSpan().SequenceEqual(_steps[^1].View.Owners.AsSpan()))
            {
                _steps.Add(new(view, _time.GetTimestamp()));
                _isSettled = false;
            }
        }

        Settle();
        _ = Install(view);
    }

    /// <summary>Owned by the view: whatever becomes of it, the others wait no longer than they have to.</summary>
    private async Task Install(ClusterView view)
    {
        await _activations.LetGoAsync(view).ConfigureAwait(false);
        lock (_gate)
        {
            if (view.Version <= _installed)
            {
                return;
            }

            Interlocked.Exchange(ref _installed, view.Version);
        }

        foreach (var other in Others(view))
        {
            _network.Announce(other, view.Version);
        }
    }

    private IEnumerable<SiloAddress> Others(ClusterView view) =>
        view.Members.Where(member => MembershipRules.IsLive(member.Status) && !member.Address.Equals(_self)).Select(member => member.Address);

    private void Settle()
    {
        List<Step> settled = [];
        List<ClusterView> caughtUp;
        lock (_gate)
        {
            while (_steps.Count > 1 && IsSettled_NeedsLock(_steps[1]))
            {
                _steps.RemoveAt(0);
                settled.Add(_steps[0]);
            }

            caughtUp = [.. _late.Where(late => !Missing_NeedsLock(late.Step, late.Before).Any()).Select(late => late.Before)];
            _late.RemoveAll(late => caughtUp.Contains(late.Before));

            _isSettled = _steps.Count == 1;
            _timer.Change(_isSettled ? Timeout.InfiniteTimeSpan : Left(_steps[1]), Timeout.InfiniteTimeSpan);
        }

        settled.ForEach(static step => step.Settled.TrySetResult());
        foreach (var before in caughtUp)
        {
            // Their former activations may have written after these were loaded.
            _activations.Renew(grain => !_self.Equals(before.OwnerOf(grain)) && !InMemoryGrains.Contains(grain.Type));
        }
    }

    private bool IsSettled_NeedsLock(Step step)
    {
        var before = _steps[0].View;
        var missing = Missing_NeedsLock(step, before).ToList();
        if (missing.Count == 0)
        {
            return true;
        }

        if (Left(step) > TimeSpan.Zero)
        {
            return false;
        }

        _late.Add((step, before));
        LogTimedOut(_timeout, step.View.Version, string.Join(", ", missing));
        return true;
    }

    private IEnumerable<SiloAddress> Missing_NeedsLock(Step step, ClusterView before) =>
        Others(_current).Where(silo => _installedBy.GetValueOrDefault(silo) < step.View.Version && MayHoldGrainsOfThisSilo(silo, before.Owners));

    /// <summary>
    /// Not one that has crashed. And not one that has become active beside this silo, which was so before all that is on its
    /// way: what it owned while both were active, it owns as long as it is.
    /// </summary>
    private bool MayHoldGrainsOfThisSilo(SiloAddress silo, ImmutableArray<SiloAddress> before) =>
        !_views.HasStoppedWriting(silo) && (!before.Contains(_self) || before.Contains(silo) || !_current.IsActive(silo));

    private TimeSpan Left(Step step)
    {
        var left = _timeout - _time.GetElapsedTime(step.Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    [LoggerMessage(1921, LogLevel.Warning, "Not all silos have let go of the grains that moved within {Timeout} (version {Version}; missing: {Silos}); the grains are activated at their new silos nevertheless, and once more when the others have let go.")]
    private partial void LogTimedOut(TimeSpan timeout, long version, string silos);

    private sealed record Step(ClusterView View, long Since)
    {
        public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
