using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;
using Microsoft.Extensions.Options;

namespace Crescent.ApiHost.Http;

/// <summary>What <see cref="JsonBodyFilter"/> sees of any <see cref="JsonBody{T}"/>.</summary>
internal interface IJsonBody
{
    /// <summary>Why the body cannot be used; null when it can.</summary>
    Problem? Problem { get; }
}

/// <summary>Checks that no declaration of a member can express.</summary>
internal interface IChecked
{
    void Check(FieldErrors errors);
}

/// <summary>
/// A request body that was checked as a whole against its contract before it became a <typeparamref name="T"/>:
/// the framework's own binding stops at the first fault and does not name it.
/// </summary>
internal sealed class JsonBody<T> : IJsonBody, IBindableFromHttpContext<JsonBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    readonly T? _value;

    JsonBody(T value) => _value = value;

    JsonBody(Problem problem) => Problem = problem;

    public Problem? Problem { get; }

    /// <summary>Only for handlers behind <see cref="JsonBodyFilter"/>, which lets no faulty body through.</summary>
    public T Value => _value ?? throw new InvalidOperationException($"The faulty body of {typeof(T).Name} was not refused.");

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
            return new JsonBody<T>(new Problem(ProblemType.UnsupportedMediaType));

        var options = context.RequestServices.GetRequiredService<IOptions<HttpJsonOptions>>().Value.SerializerOptions;
        try
        {
            using var document = await JsonDocument.ParseAsync(
                context.Request.Body,
                new JsonDocumentOptions { MaxDepth = options.MaxDepth, AllowDuplicateProperties = false },
                context.RequestAborted);
            var errors = new FieldErrors();
            JsonShape.Check(document.RootElement, options.GetTypeInfo(typeof(T)), errors);
            if (errors.Any)
                return new JsonBody<T>(errors.ToProblem());

            var value = document.Deserialize<T>(options)!;
            (value as IChecked)?.Check(errors);
            return errors.Any ? new JsonBody<T>(errors.ToProblem()) : new JsonBody<T>(value);
        }
        catch (JsonException e)
        {
            return new JsonBody<T>(new Problem(ProblemType.MalformedBody, e.Message));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>Answers a faulty body before the handler runs.</summary>
internal sealed class JsonBodyFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var faulty = context.Arguments.OfType<IJsonBody>().FirstOrDefault(body => body.Problem is not null);
        return faulty is null ? next(context) : ValueTask.FromResult<object?>(faulty.Problem);
    }
}
