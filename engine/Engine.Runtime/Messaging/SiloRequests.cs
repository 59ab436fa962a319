using System.Buffers;
using Engine.CodeGeneration;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>Takes the requests of other processes: runs those whose grains are here, and passes the others on.</summary>
internal sealed partial class SiloRequests(
    SiloDispatcher dispatcher,
    Catalog catalog,
    IClusterViews views,
    SiloAddress self,
    RemoteCalls calls,
    WireNames names,
    int maxForwards,
    CallOptions options,
    ILogger logger)
{
    private int _waitingForView;

    /// <summary>Where requests go that are not for this silo.</summary>
    public SiloRoutes Routes { get; set; } = null!;

    /// <summary>A request came; runs on the read loop.</summary>
    public void Receive(RemoteCaller caller, long request, in ReadOnlySequence<byte> body)
    {
        if (views.IsSuspended)
        {
            // Others may have given this silo up: it neither takes requests nor answers any.
            return;
        }

        if (caller.TryEnter() is { } refusal)
        {
            caller.Send(AnswerFormat.Write(refusal, request, calls.Codecs, calls.MaxBody, wasStarted: false));
            return;
        }

        try
        {
            Judge(caller, request, body, isRefreshed: false);
        }
        catch (InvalidDataException)
        {
            // The connection is about to be closed; nobody answers what was no request.
            caller.Leave();
            throw;
        }
    }

    /// <summary>A request that this silo had passed on, and whose grain is here by now.</summary>
    public void TakeBack(RelayedRequest relayed, in ReadOnlySequence<byte> body) => Judge(relayed.Caller, relayed.Request, body, isRefreshed: true);

    /// <exception cref="InvalidDataException">It is no request.</exception>
    private void Judge(RemoteCaller caller, long request, in ReadOnlySequence<byte> body, bool isRefreshed)
    {
        var length = RequestHeader.LengthOf(body);
        if (length < 0)
        {
            throw new InvalidDataException("a request without a header");
        }

        var bytes = body.Slice(RequestHeader.LengthSize, length);
        if (bytes.IsSingleSegment)
        {
            Judge(caller, request, body, bytes.FirstSpan, isRefreshed);
            return;
        }

        using var copy = new PooledBytes(length);
        bytes.CopyTo(copy.Span);
        Judge(caller, request, body, copy.Span, isRefreshed);
    }

    private void Judge(RemoteCaller caller, long request, in ReadOnlySequence<byte> body, ReadOnlySpan<byte> bytes, bool isRefreshed)
    {
        if (!RequestHeader.TryRead(bytes, out var header))
        {
            throw new InvalidDataException("a request with a malformed header");
        }

        var target = names.TargetOf(header);
        var activation = catalog.Find(target);
        if (activation is null)
        {
            var view = views.Current;
            if (header.View > view.Version && !isRefreshed)
            {
                RefreshFirst(caller, request, header.View, body);
                return;
            }

            var owner = view.OwnerOf(target);
            if (!self.Equals(owner))
            {
                PassOn(caller, request, header, owner, body);
                return;
            }
        }

        Run(caller, request, header, target, activation, body.Slice(RequestHeader.LengthSize + bytes.Length));
    }

    private void Run(RemoteCaller caller, long request, in RequestHeader header, GrainId target, Activation? activation, in ReadOnlySequence<byte> arguments)
    {
        if (dispatcher.Refusal is { } refusal)
        {
            Refuse(caller, request, new SiloUnavailableException(refusal));
            return;
        }

        if (Read(caller, request, header, target, arguments) is not { } call)
        {
            return;
        }

        try
        {
            activation ??= catalog.GetOrCreate(target);
        }
        catch (Exception exception)
        {
            call.Reject(exception);
            return;
        }

        activation.Receive(call);
    }

    /// <returns>Null if it can't be read: it has been refused.</returns>
    private GrainCall? Read(RemoteCaller caller, long request, in RequestHeader header, GrainId target, in ReadOnlySequence<byte> arguments)
    {
        if (names.CreateCall(header) is not { } call)
        {
            Refuse(caller, request, new OrleansMessageRejectionException(
                $"{self} does not know the method {header.Method:X8} of '{System.Text.Encoding.UTF8.GetString(header.Interface)}': the caller is of another version."));
            return null;
        }

        Dictionary<string, object>? context = null;
        try
        {
            using (var session = calls.Codecs.Sessions.GetSession())
            {
                var reader = new Reader(arguments, session);
                call.ReadArguments(ref reader);
            }

            if (!header.Context.IsEmpty)
            {
                context = ReadContext(header.Context);
            }
        }
        catch (Exception exception)
        {
            call.Reset();
            Refuse(caller, request, exception);
            return null;
        }

        var expiresAt = header.Lifetime == 0 ? long.MaxValue : calls.Clock.DeadlineAfter(TimeSpan.FromMilliseconds(header.Lifetime));
        call.BeginRemote(dispatcher, caller, request, target, names.SourceOf(header), expiresAt);
        call.ForwardCount = header.ForwardCount;
        call.RequestContextValues = context;
        if (dispatcher.Traces && !header.Trace.IsEmpty)
        {
            call.SetRemoteSpan(WireTrace.Read(header.Trace));
        }

        if ((header.Flags & RequestFlags.Cancellable) != 0 && call.MakeCancellable() is { } cancellation)
        {
            caller.SetCancellation(request, () => dispatcher.Cancel(target, cancellation));
        }

        return call;
    }

    private Dictionary<string, object>? ReadContext(ReadOnlySpan<byte> bytes)
    {
        using var session = calls.Codecs.Sessions.GetSession();
        var reader = new Reader(bytes, session);
        return reader.ReadHeader(out _, out var type) ? calls.Codecs.GetCodec<Dictionary<string, object>>().Read(ref reader, type) : null;
    }

    private void PassOn(RemoteCaller caller, long request, in RequestHeader header, SiloAddress? owner, in ReadOnlySequence<byte> body)
    {
        // What a gateway does for a client is not counted: that request has not been anywhere yet.
        var forwards = header.ForwardCount + (caller.IsClient ? 0 : 1);
        if (owner is null || forwards > maxForwards)
        {
            Refuse(caller, request, owner is null
                ? SiloRoutes.NoOwner()
                : new OrleansMessageRejectionException($"The call was passed on {header.ForwardCount} times and did not find its grain, which belongs to {owner} as far as {self} knows."));
            return;
        }

        var expiresAt = header.Lifetime == 0 ? long.MaxValue : calls.Clock.DeadlineAfter(TimeSpan.FromMilliseconds(header.Lifetime));
        var relayed = new RelayedRequest(caller, request, expiresAt, calls.Codecs, calls.MaxBody);
        var number = calls.Pending.Add(relayed, null);
        if (number == 0)
        {
            Refuse(caller, request, new LimitExceededException($"{calls.Pending.Limit} calls wait for answers from other processes, which is the limit."));
            return;
        }

        if ((header.Flags & RequestFlags.Cancellable) != 0)
        {
            caller.SetCancellation(request, () =>
            {
                if (calls.Pending.ConnectionOf(number) is { } connection)
                {
                    RemoteCalls.SendCancel(connection, number);
                }
            });
        }

        var frame = Copy(number, body);
        RequestHeader.Patch(System.Runtime.InteropServices.MemoryMarshal.AsMemory(frame.Body).Span, views.Current.Version, header.Lifetime, (byte)forwards);
        Routes.Send(frame, owner);
    }

    private OutgoingFrame Copy(long number, in ReadOnlySequence<byte> body)
    {
        var frame = OutgoingFrame.Rent(FrameKind.Request, number, calls.MaxBody);
        foreach (var segment in body)
        {
            frame.Write(segment.Span);
        }

        return frame;
    }

    private void Refuse(RemoteCaller caller, long request, Exception exception) =>
        caller.Answer(AnswerFormat.Write(exception, request, calls.Codecs, calls.MaxBody, wasStarted: false));

    private void RefreshFirst(RemoteCaller caller, long request, long version, in ReadOnlySequence<byte> body)
    {
        if (Interlocked.Increment(ref _waitingForView) > options.MaxWaitingForView)
        {
            Interlocked.Decrement(ref _waitingForView);
            Refuse(caller, request, new LimitExceededException($"{options.MaxWaitingForView} requests wait until {self} has read the membership, which is the limit."));
            return;
        }

        _ = RefreshFirstAsync(caller, request, version, Copy(request, body));
    }

    /// <summary>Owned by its request: it always ends in an answer, or in the request's own way.</summary>
    private async Task RefreshFirstAsync(RemoteCaller caller, long request, long version, OutgoingFrame copy)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await views.RefreshAsync(version, CancellationToken.None);
            Judge(caller, request, new ReadOnlySequence<byte>(copy.Body), isRefreshed: true);
        }
        catch (Exception exception)
        {
            LogRefreshFailed(exception, version, caller.Connection.Peer);
            Refuse(caller, request, new SiloUnavailableException($"{self} could not read version {version} of the membership: {exception.Message}"));
        }
        finally
        {
            Interlocked.Decrement(ref _waitingForView);
            copy.Return();
        }
    }

    [LoggerMessage(1811, LogLevel.Warning, "Version {Version} of the membership could not be read; a request of {Peer} is refused.")]
    private partial void LogRefreshFailed(Exception exception, long version, Peer peer);
}
