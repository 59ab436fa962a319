using Crescent.ApiHost.RateLimits;

namespace Crescent.ApiHost.Tests.RateLimits;

public sealed class RequestWindowsTests
{
    readonly ManualTime _time = new();

    [Fact]
    public void Take_WithinTheLimit_IsAllowedAndCounted()
    {
        var windows = new RequestWindows(new RateLimitOptions { Requests = 2, WindowSeconds = 10 }, _time);

        Assert.Equal(new Allowance(true, 1, TimeSpan.FromSeconds(10)), windows.Take("a"));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(new Allowance(true, 0, TimeSpan.FromSeconds(6)), windows.Take("a"));
        Assert.Equal(new Allowance(false, 0, TimeSpan.FromSeconds(6)), windows.Take("a"));
    }

    [Fact]
    public void Take_InTheNextWindow_IsAllowedAgain()
    {
        var windows = new RequestWindows(new RateLimitOptions { Requests = 1, WindowSeconds = 10 }, _time);
        windows.Take("a");
        Assert.False(windows.Take("a").Allowed);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(windows.Take("a").Allowed);
    }

    [Fact]
    public void Take_OfAnotherCaller_HasItsOwnAllowance()
    {
        var windows = new RequestWindows(new RateLimitOptions { Requests = 1 }, _time);
        windows.Take("a");

        Assert.True(windows.Take("b").Allowed);
    }

    [Fact]
    public void Take_OfMoreCallersThanAreRemembered_SharesOneAllowance()
    {
        var windows = new RequestWindows(new RateLimitOptions { Requests = 1, MaxCallers = 1 }, _time);
        windows.Take("a");

        Assert.True(windows.Take("b").Allowed);
        Assert.False(windows.Take("c").Allowed);
    }
}
