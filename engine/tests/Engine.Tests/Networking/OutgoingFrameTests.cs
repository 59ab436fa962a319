using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class OutgoingFrameTests
{
    [Fact]
    public void Write_InManyPieces_KeepsThemAll()
    {
        var frame = OutgoingFrame.Rent(FrameKind.Request, 1);
        for (var i = 0; i < 5000; i++)
            frame.Write(BitConverter.GetBytes(i));

        Assert.Equal(FrameFormat.HeaderSize + 20_000, frame.Length);
        Assert.Equal(Enumerable.Range(0, 5000).SelectMany(BitConverter.GetBytes), frame.Body.ToArray());
        frame.Return();
    }

    [Fact]
    public void Write_BeyondTheBound_IsAnExceptionThatNamesIt()
    {
        var frame = OutgoingFrame.Rent(FrameKind.Request, 1, maxBody: 1000);
        frame.Write(new byte[1000]);

        Assert.Contains("1000", Assert.Throws<OrleansException>(() => frame.Write([1])).Message, StringComparison.Ordinal);
        frame.Return();
    }

    [Fact]
    public void Rent_AfterAReturn_StartsAfresh()
    {
        var frame = OutgoingFrame.Rent(FrameKind.Request, 1);
        frame.Flags = 9;
        frame.Write(new byte[100_000]);
        frame.Return();

        var next = OutgoingFrame.Rent(FrameKind.Cancel, 2);

        Assert.Equal((FrameKind.Cancel, 2L, (byte)0, FrameFormat.HeaderSize), (next.Kind, next.CorrelationId, next.Flags, next.Length));
        next.Return();
    }
}
