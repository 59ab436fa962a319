using Crescent.ApiHost.Http;

namespace Crescent.ApiHost.Tests.Http;

public sealed class PreferencesTests
{
    [Theory]
    [InlineData("wait=3", 3)]
    [InlineData("respond-async, WAIT = 7", 7)]
    [InlineData("wait=\"4\"; strict", 4)]
    [InlineData("wait=99999", 25)]
    [InlineData("wait=2, wait=9", 2)]
    public void Wait_IsPreferred_IsReadAndBounded(string prefer, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Preferences.Wait(prefer));

    [Theory]
    [InlineData("")]
    [InlineData("wait")]
    [InlineData("wait=soon")]
    [InlineData("wait=-1")]
    [InlineData("return=minimal")]
    public void Wait_IsNotPreferredOrMalformed_IsIgnored(string prefer) => Assert.Null(Preferences.Wait(prefer));
}
