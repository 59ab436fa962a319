using System.Globalization;
using System.Text;
using Crescent.Cluster.Tests.Checks;
using Crescent.Cluster.Tests.Clusters;
using Crescent.Cluster.Tests.Load;

namespace Crescent.Cluster.Tests.Chaos;

/// <summary>The tables of a run: what went wrong when and how long it was felt, what was checked, and the seed.</summary>
/// <param name="Offset">When the load began.</param>
/// <param name="Settled">How long after the last fault the last order had ended.</param>
internal sealed record ChaosReport(
    ChaosForm Form,
    TimeSpan Offset,
    IReadOnlyList<Injected> Faults,
    History History,
    StoredLog Log,
    IReadOnlyCollection<Supervisor.Restart> Restarts,
    TimeSpan Settled,
    IReadOnlyList<CheckResult> Checks)
{
    const int FaultsShown = 5;

    /// <summary>A request that took longer was held up by a fault, and not by others on the same cores.</summary>
    static readonly TimeSpan Prompt = TimeSpan.FromSeconds(3);

    public bool AllHold => Checks.All(check => check.Holds);

    public override string ToString()
    {
        var text = new StringBuilder();
        var placed = History.Attempts.Where(attempt => attempt.Kind == "place").ToList();
        text.Append(CultureInfo.InvariantCulture, $"Chaos, {Form.Name} form on {ClusterScript.Engine}: seed {Form.Seed}, {Form.Load.TotalSeconds:F0} s of {Form.OrdersPerSecond:F0} orders/s\n\n");
        text.Append(Row("at", "fault", "hit", "lasted", "failed requests", "no order accepted for", "last one held up after"));
        foreach (var (fault, next) in Faults.Zip(Faults.Skip(1).Select(fault => fault.At).Append(Offset + Form.Load)))
            text.Append(RowOf(fault, placed.Where(attempt => attempt.SentAt >= fault.At && attempt.SentAt < next).ToList(), next));
        text.Append(CultureInfo.InvariantCulture, $"\nRequests: {Outcomes(History.Attempts)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Placing: {Outcomes(placed)}; median {Quantile(placed, 0.5):F0} ms, p99 {Quantile(placed, 0.99):F0} ms.\n");
        text.Append(CultureInfo.InvariantCulture, $"Parts started again: {string.Join(", ", Restarts.Select(restart => $"{restart.Part} at {Seconds(restart.StartedAt - Offset)}"))}.\n");
        text.Append(CultureInfo.InvariantCulture, $"The last order had ended {Settled.TotalSeconds:F1} s after the last fault; the longest took {LongestOrder():F1} s.\n\n");
        text.AppendJoin("", Checks.Select(Describe));
        text.Append(CultureInfo.InvariantCulture, $"\nThe same schedule again: {(Form.Name == "long" ? "./test chaos --seed " : "CRESCENT_CHAOS_SEED=")}{Form.Seed}\n");
        return text.ToString();
    }

    /// <summary>What does not hold, and the seed of the run.</summary>
    public string Failures => $"Seed {Form.Seed} on {ClusterScript.Engine}:\n{string.Concat(Checks.Where(check => !check.Holds).Select(Describe))}";

    static string Describe(CheckResult check)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(check.Holds ? "ok  " : "FAIL")}  {check.Name} ({check.Figures})\n");
        foreach (var fault in check.Faults.Take(FaultsShown))
            text.Append(CultureInfo.InvariantCulture, $"        {fault}\n");
        if (check.Faults.Count > FaultsShown)
            text.Append(CultureInfo.InvariantCulture, $"        and {check.Faults.Count - FaultsShown} more\n");
        return text.ToString();
    }

    string RowOf(Injected fault, List<Attempt> attempts, TimeSpan next)
    {
        var accepted = attempts.Where(attempt => attempt.Outcome == Outcome.Done).Select(attempt => attempt.DoneAt).Where(at => at < next).Order().ToList();
        var gap = accepted.Prepend(fault.At).Zip(accepted.Append(next)).Max(pair => pair.Second - pair.First);
        var held = attempts.Where(attempt => attempt.Outcome != Outcome.Done || attempt.Took > Prompt).Select(attempt => attempt.DoneAt).DefaultIfEmpty(fault.At).Max();
        return Row(
            Seconds(fault.At - Offset), fault.Fault.Name, fault.Target, Seconds(fault.HealedAt - fault.At),
            attempts.Count(attempt => attempt.Outcome != Outcome.Done).ToString(CultureInfo.InvariantCulture), Seconds(gap), Seconds(held - fault.At));
    }

    double LongestOrder() => Log.Orders().Where(order => order.HasEnded).Select(order => (order.EndedAt - order.PlacedAt).TotalSeconds).DefaultIfEmpty().Max();

    static string Outcomes(IReadOnlyCollection<Attempt> attempts) =>
        $"{attempts.Count}, " + string.Join(", ", attempts.GroupBy(attempt => attempt.Outcome).OrderBy(same => same.Key).Select(same => $"{same.Count()} {Word(same.Key)}"));

    static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Done => "done",
        Outcome.Unavailable => "refused for now",
        Outcome.Lost => "without an answer",
        _ => "surprising",
    };

    static double Quantile(List<Attempt> attempts, double part)
    {
        var took = attempts.Where(attempt => attempt.Outcome == Outcome.Done).Select(attempt => attempt.Took.TotalMilliseconds).Order().ToList();
        return took.Count == 0 ? 0 : took[(int)((took.Count - 1) * part)];
    }

    static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

    static string Row(string at, string fault, string target, string lasted, string failed, string gap, string held) =>
        $"{at,8}  {fault,-36}  {target,-22}  {lasted,7}  {failed,15}  {gap,21}  {held,22}\n";
}
