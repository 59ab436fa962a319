using Orleans;
using Orleans.Runtime;

namespace Engine.Tests.Membership;

/// <summary>A silo of a <see cref="ClusterSimulation"/>: carries out what its protocol wants.</summary>
internal sealed class SimulatedSilo
{
    private readonly ClusterSimulation _cluster;
    private readonly List<Action> _held = [];
    private TimeSpan? _wakesAt;

    public SimulatedSilo(ClusterSimulation cluster, SiloAddress address)
    {
        _cluster = cluster;
        Address = address;
        var row = new MembershipEntry { SiloAddress = address, SiloName = $"silo-{cluster.Silos.Count}", HostName = "here", ProxyPort = 30_000 };
        Protocol = new MembershipProtocol(row, cluster.Options, isTableLocal: false, cluster.Moment);
    }

    public SiloAddress Address { get; }

    public MembershipProtocol Protocol { get; }

    public bool IsKilled { get; private set; }

    public bool IsPaused { get; private set; }

    public string? Death { get; private set; }

    public bool HasFailedToJoin { get; private set; }

    public bool IsRunning => !IsKilled && Death is null && !HasFailedToJoin;

    public List<MembershipAction> Seen { get; } = [];

    /// <summary>As whoever asks it finds it: the lease ends by the clock, whether or not anything ran then.</summary>
    public bool IsSilent => Protocol.IsSuspended || Protocol.LeaseEnd <= _cluster.Now;

    public void Join() => Feed(() => Protocol.Join(_cluster.Moment));

    public void Leave(SiloStatus status) => Feed(() => Protocol.Leave(_cluster.Moment, status));

    public void Kill() => IsKilled = true;

    public void Pause() => IsPaused = true;

    public void Resume()
    {
        IsPaused = false;
        var held = _held.ToList();
        _held.Clear();
        held.ForEach(Feed);
    }

    public override string ToString() =>
        $"{Address} {Protocol.Status} {(IsRunning ? "runs" : Death ?? "does not run")}{(Protocol.IsSuspended ? ", suspended" : "")}: {Protocol.View}";

    private void Feed(Action input)
    {
        if (!IsRunning)
            return;
        if (IsPaused)
        {
            _held.Add(input);
            return;
        }

        input();
        foreach (var action in Protocol.TakeActions())
        {
            Seen.Add(action);
            Do(action);
        }

        if (Protocol.NextDue is { } due && (_wakesAt is null || due < _wakesAt))
        {
            _wakesAt = due;
            var delay = due > _cluster.Now ? due - _cluster.Now : TimeSpan.Zero;
            _cluster.Schedule(delay, () => Feed(() =>
            {
                _wakesAt = null;
                Protocol.Advance(_cluster.Moment);
            }));
        }
    }

    private void Do(MembershipAction action)
    {
        switch (action)
        {
            case MembershipAction.UseTable use:
                UseTable(use);
                break;
            case MembershipAction.Probe { Through: null } probe:
                Ask(this, _cluster.Silos.First(silo => silo.Address.Equals(probe.Target)), answers => { if (answers) Answered(probe); });
                break;
            case MembershipAction.Probe probe:
                var other = _cluster.Silos.First(silo => silo.Address.Equals(probe.Through));
                Send(this, other, () => Ask(other, _cluster.Silos.First(silo => silo.Address.Equals(probe.Target)), answers => Send(other, this, () => { if (answers) Answered(probe); })));
                break;
            case MembershipAction.Gossip gossip when !_cluster.IsGossipLost:
                foreach (var target in _cluster.Silos.Where(silo => gossip.Targets.Contains(silo.Address)))
                    Send(this, target, () => target.Feed(() => target.Protocol.Heard(_cluster.Moment, gossip.Version)));
                break;
            case MembershipAction.Die die:
                Death = die.Reason;
                break;
            case MembershipAction.JoinFailed:
                HasFailedToJoin = true;
                break;
            default:
                break;
        }
    }

    private void Answered(MembershipAction.Probe probe) => Feed(() => Protocol.ProbeAnswered(_cluster.Moment, probe.Number, probe.Target));

    private void Ask(SimulatedSilo from, SimulatedSilo target, Action<bool> answer) => Send(from, target, () =>
    {
        if (!target.IsSilent)
            Send(target, from, () => answer(true));
    });

    private void Send(SimulatedSilo from, SimulatedSilo to, Action arrive)
    {
        if (!_cluster.IsCut(from.Address, to.Address))
            _cluster.Schedule(_cluster.Delay(), () => to.Receive(arrive));
    }

    private void Receive(Action arrive)
    {
        if (IsPaused)
            _held.Add(arrive);
        else if (IsRunning)
            arrive();
    }

    private void UseTable(MembershipAction.UseTable use)
    {
        if (!_cluster.HasTable(Address))
        {
            if (!_cluster.TableHangs)
                _cluster.Schedule(_cluster.Delay(), () => Fail(use.Number));
            return;
        }

        // What is sent is carried out even if the sender dies; the answer is lost with the connection.
        _cluster.Schedule(_cluster.Delay(), () =>
        {
            var outcome = Carry(use);
            _cluster.Schedule(_cluster.Delay(), () =>
            {
                if (_cluster.HasTable(Address))
                    Feed(outcome);
                else if (!_cluster.TableHangs)
                    Fail(use.Number);
            });
        });
    }

    private void Fail(int number) => Feed(() => Protocol.OperationFailed(_cluster.Moment, number, new IOException("The table is gone.")));

    private Action Carry(MembershipAction.UseTable use)
    {
        var (number, operation) = use;
        if (operation.ChangesView)
            _cluster.OnWrite?.Invoke(this, operation);
        switch (operation)
        {
            case TableOperation.Read:
                var table = _cluster.Table.ReadAll().Result;
                return () => Protocol.OperationDone(_cluster.Moment, number, table);
            case TableOperation.Insert insert:
                var isInserted = _cluster.Table.InsertRow(insert.Entry, insert.Version).Result;
                return () => Protocol.OperationDone(_cluster.Moment, number, isInserted);
            case TableOperation.Update update:
                var isUpdated = _cluster.Table.UpdateRow(update.Entry, update.ETag, update.Version).Result;
                return () => Protocol.OperationDone(_cluster.Moment, number, isUpdated);
            case TableOperation.SayAlive alive:
                _ = _cluster.Table.UpdateIAmAlive(alive.Entry);
                return () => Protocol.OperationDone(_cluster.Moment, number, isDone: true);
            case TableOperation.Cleanup cleanup:
                _ = _cluster.Table.CleanupDefunctSiloEntries(cleanup.Before);
                return () => Protocol.OperationDone(_cluster.Moment, number, isDone: true);
            default:
                throw new InvalidOperationException(operation.ToString());
        }
    }
}
