namespace Orleans.Runtime.Messaging;

/// <summary>No connection could be made, or it ended.</summary>
public class ConnectionFailedException : OrleansException
{
    public ConnectionFailedException() : base("The connection failed.")
    {
    }

    public ConnectionFailedException(string message) : base(message)
    {
    }

    public ConnectionFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
