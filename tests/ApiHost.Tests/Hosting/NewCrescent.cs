namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>How tests of the API that need a Crescent of their own get one: here, the embedded host.</summary>
internal static class NewCrescent
{
    public static async Task<RunningCrescent> StartAsync(params string[] settings) => await TestHost.StartAsync(settings);
}
