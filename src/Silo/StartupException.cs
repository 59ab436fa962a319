namespace Crescent.Silo;

/// <summary>The process cannot start for a reason outside its code. The message is one sentence for whoever started it.</summary>
public sealed class StartupException : Exception
{
    /// <param name="message">What is wrong and what to do about it.</param>
    public StartupException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="innerException">How it was noticed.</param>
    public StartupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
