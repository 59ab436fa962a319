namespace Crescent.Grains.Notifications;

/// <summary>Bounds of mails, from <c>Crescent:Notifications</c>.</summary>
public sealed record NotificationOptions
{
    public const string Section = "Crescent:Notifications";

    /// <summary>How long handing over one mail may take.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => SendTimeout <= TimeSpan.Zero ? $"{Section}:{nameof(SendTimeout)} must be longer than 0." : null;
}
