using System.Diagnostics;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.ManySilos;

[Collection(nameof(SiloCluster))]
public sealed class ActivityTests(SiloCluster cluster)
{
    [Fact]
    public async Task Activity_OfTheCaller_IsTheParentOfTheCallOnAnotherSilo()
    {
        var (near, far) = await cluster.NewPairAsync();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Equal(activity.TraceId.ToHexString(), await near.TraceIdAt(far).Soon());
    }
}
