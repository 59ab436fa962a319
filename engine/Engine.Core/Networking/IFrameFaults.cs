namespace Orleans.Runtime.Networking;

/// <summary>Lets tests disturb what goes between two silos; asked for each frame before it is queued.</summary>
internal interface IFrameFaults
{
    FrameFault OnSend(SiloAddress from, SiloAddress to, FrameKind kind);

    /// <summary>Nobody gets through: connections fail, and those that are there are closed at the next frame.</summary>
    bool IsCut(SiloAddress from, SiloAddress to);
}

/// <summary>What happens to one frame; the default lets it pass.</summary>
internal readonly record struct FrameFault(bool IsDropped, bool IsDoubled, TimeSpan Delay);
