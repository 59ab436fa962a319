namespace Orleans.Configuration;

/// <summary>How grains move between silos.</summary>
internal sealed class HandOverOptions
{
    /// <summary>A grain that moved is activated at its new silo after that long, even if not all others have said that they let go of theirs.</summary>
    public TimeSpan HandOverTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
