using System.Globalization;
using Crescent.ReadModels;
using Crescent.ReadModels.Projections;

namespace Crescent.ApiHost.Http;

/// <summary>
/// Lists over read models: <c>limit</c> and <c>cursor</c> take a client through them, and the header
/// <see cref="PositionHeader"/> of a command's answer, sent back, makes a list wait until it shows that command's effect.
/// </summary>
internal sealed class Listing(ProjectionProgress progress)
{
    public const string PositionHeader = "Crescent-Position";
    const int DefaultLimit = 50;

    /// <summary>A read model is usually moments behind; one that is further behind is shown as it is.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Answers one page of a list.</summary>
    /// <param name="context">The request with its <c>limit</c> and <c>cursor</c>.</param>
    /// <param name="projection">Name of the read model that is asked.</param>
    /// <param name="query">Asks it.</param>
    /// <param name="show">What is shown of a row.</param>
    public async Task<IResult> PageAsync<TRow, TBody>(
        HttpContext context, string projection, Func<PageRequest, CancellationToken, Task<Page<TRow>>> query, Func<TRow, TBody> show)
    {
        var errors = new FieldErrors();
        var limit = ReadLimit(context.Request.Query["limit"], errors);
        if (!Cursor.TryDecode(context.Request.Query["cursor"], out var place))
            errors.Add("cursor", "is none that this list has given out");
        if (errors.Any)
            return errors.ToProblem();

        await WaitAsync(context.Request, projection, context.RequestAborted);
        try
        {
            var page = await query(new PageRequest(limit, place), context.RequestAborted);
            return TypedResults.Ok(new Page<TBody>([.. page.Items.Select(show)], Cursor.Encode(page.Next)));
        }
        catch (FormatException)
        {
            errors.Add("cursor", "is none that this list has given out");
            return errors.ToProblem();
        }
    }

    async Task WaitAsync(HttpRequest request, string projection, CancellationToken ct)
    {
        if (long.TryParse(request.Headers[PositionHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            await progress.WaitForAsync(projection, position, LongestWait, ct);
    }

    static int ReadLimit(string? text, FieldErrors errors)
    {
        if (text is null)
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= PageRequest.MaxLimit)
            return limit;

        errors.Add("limit", string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {PageRequest.MaxLimit}"));
        return DefaultLimit;
    }
}

internal static class ListingHeaders
{
    /// <summary>Tells how far the log reaches with this command's events, for lists that are to show them.</summary>
    public static void SetPosition(this HttpResponse response, long position)
    {
        if (position > 0)
            response.Headers[Listing.PositionHeader] = position.ToString(CultureInfo.InvariantCulture);
    }
}
