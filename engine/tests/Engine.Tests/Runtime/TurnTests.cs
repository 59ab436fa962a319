namespace Engine.Tests.Runtime;

public sealed class TurnTests
{
    [Fact]
    public async Task Call_OfNewGrain_ActivatesItAndAnswers()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = (_, argument, _) => Task.FromResult(argument + 1);

        var answer = await silo.Probe().Call(41);

        Assert.Equal(42, answer);
        Assert.Equal(1, silo.Script.Activations);
    }
}
