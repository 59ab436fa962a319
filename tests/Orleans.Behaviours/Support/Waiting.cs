namespace Orleans.Behaviours.Support;

/// <summary>Waits with a bound: what takes longer is a failure.</summary>
public static class Waiting
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static Task Soon(this Task task) => task.WaitAsync(s_patience, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
}
