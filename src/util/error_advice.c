/* SPDX-License-Identifier: MIT */
/* See bedrock/error.h. Sources: Amazon Bedrock API reference, "Common errors"; Amazon Bedrock user
 * guide, "Troubleshooting"; the service's own words. */
#include "bedrock/error.h"

#include "util/bytes.h"

/* What is known of a failure, and the sentence for it. The first row that fits is taken. */
struct advice {
    int8_t status;     /* 0: whatever the service answered */
    const char *types; /* beginnings of AWS's code, each with a NUL behind it; "": any */
    const char *words; /* what the message contains one of, likewise */
    const char *sentence;
};

#define ANY_ANSWER 0

#define SAY(happened, todo) happened ": " todo "."

#define CLOCK                                                                                      \
    SAY("The clock is wrong by more than five minutes",                                            \
        "set it by SNTP or from an RTC; the service's words have the time as it should be")
#define API_KEY                                                                                    \
    SAY("The API key is not accepted",                                                             \
        "check that it is whole, has not expired (a short-term one lives for twelve hours at "     \
        "most), and was made for this region")

static const struct advice table[] = {
    {ANY_ANSWER, "", "model identifier is invalid\0resolve the foundation model\0",
     SAY("No model has that id in this region",
         "check the id letter by letter, and the region; a profile's id has a prefix, such as us. "
         "before the model's")},
    {ANY_ANSWER, "", "on-demand throughput\0",
     SAY("This model is called through an inference profile only",
         "put the profile's prefix before the model id, such as us., eu. or global., or give the "
         "profile's ARN")},
    {ANY_ANSWER, "", "end of its life\0provider as legacy\0",
     SAY("The model is retired", "call its successor; the Bedrock console lists the ids")},
    {ANY_ANSWER, "", "use case details\0",
     SAY("The model's provider wants to know what it is for",
         "fill in its form in the Bedrock console, and try again a quarter of an hour later")},
    {ANY_ANSWER, "", "access to the model\0",
     SAY("The account has no access to this model",
         "ask for it in the Bedrock console, in the region that is called")},
    {ANY_ANSWER, "", "aws-marketplace\0",
     SAY("The account has not subscribed to this model yet",
         "let somebody call it once who is allowed aws-marketplace:Subscribe and "
         "aws-marketplace:ViewSubscriptions")},
    {ANY_ANSWER, "", "not authorized to perform\0explicit deny\0",
     SAY("IAM does not allow this call",
         "allow the action that the service names, on the model and on its inference profile")},

    {ANY_ANSWER, "RequestExpired\0RequestInTheFuture\0RequestTimeTooSkewed\0", "", CLOCK},
    {ANY_ANSWER, "",
     "signature expired\0is now earlier than\0not yet current\0is still later than\0", CLOCK},
    {ANY_ANSWER, "", "signature we calculated does not match\0",
     SAY("The signature is wrong",
         "the secret access key is not the one of this access key id; copy both again, whole and "
         "without spaces")},
    {ANY_ANSWER, "", "api key\0bearer token\0", API_KEY},
    {BEDROCK_E_BAD_KEY, "MissingAuthenticationToken\0", "",
     SAY("The request came without keys, or to a wrong place",
         "check the endpoint, and that no proxy takes the Authorization header away")},

    {ANY_ANSWER, "UnknownOperation\0", "",
     SAY("The endpoint does not know this operation",
         "it has to be bedrock-runtime of a region, such as "
         "https://bedrock-runtime.us-east-1.amazonaws.com")},

    {BEDROCK_E_THROTTLED, "", "per day\0",
     SAY("The quota of tokens for today is used up",
         "wait for tomorrow, or ask AWS for a higher one")},
    {BEDROCK_E_THROTTLED, "", "too many tokens\0",
     SAY("Too many tokens in a minute",
         "wait and try again, or lower max_tokens, which counts in full until the answer is "
         "complete")},

    {BEDROCK_E_VALIDATION, "", "for streaming\0streaming mode\0support streaming\0",
     SAY("This model does not stream, or not with what the request holds",
         "make the call that gives the answer whole, bedrock_converse() or "
         "bedrock_invoke_model()")},
    {BEDROCK_E_VALIDATION, "", "support counting tokens\0",
     SAY("Tokens cannot be counted for this model",
         "bedrock_last_usage() tells after a call how many there were")},
    {BEDROCK_E_VALIDATION, "",
     "exceeds the model limit\0exceed the model limit\0number of output tokens\0",
     SAY("max_tokens is more than this model gives",
         "lower it to the limit that the service names")},
    {BEDROCK_E_VALIDATION, "",
     "input is too long\0prompt is too long\0too many input tokens\0exceed context limit\0"
     "maximum context length\0",
     SAY("The request is longer than this model can read",
         "shorten it, its oldest messages first, or take a model with a larger context")},
    {BEDROCK_E_VALIDATION, "", "toolConfig field must be defined\0",
     SAY("The conversation holds calls of tools, but the request has no tools",
         "send tool_config with every request of such a conversation")},
    {BEDROCK_E_VALIDATION, "", "expected toolResult\0",
     SAY("A tool was called and has no result",
         "answer every call in the message right behind it, and cut a history between turns only")},
    {BEDROCK_E_VALIDATION, "", "start with a user message\0",
     SAY("The conversation does not begin with the user", "cut a history before a user's message")},
    {BEDROCK_E_VALIDATION, "", "malformed input request\0",
     SAY("The body has not the form that this model wants",
         "the service's words name the member; compare it with AWS's page of the model's "
         "parameters")},
    {BEDROCK_E_VALIDATION, "", "operation not allowed\0",
     SAY("The account may not use this model", "ask AWS Support to enable it")},
    {BEDROCK_E_VALIDATION, "", "model doesn't support\0model does not support\0",
     SAY("The model cannot do something that the request asks for",
         "the service's words name it; leave it out, or take another model")},
};

/* Does the text contain the word, in any letter case? */
static int holds(const char *text, const char *word)
{
    size_t len = strlen(word), left = strlen(text);

    for (; left >= len; left--) {
        if (bdk_equal_nocase_n(text++, word, len)) {
            return 1;
        }
    }
    return 0;
}

static int holds_one_of(const char *text, const char *words)
{
    int found = *words == '\0';

    for (; *words != '\0' && !found; words += strlen(words) + 1) {
        found = holds(text, words);
    }
    return found;
}

static int begins_with_one_of(const char *text, const char *words)
{
    size_t len = strlen(text), word_len;
    int found = *words == '\0';

    for (; *words != '\0' && !found; words += word_len + 1) {
        word_len = strlen(words);
        found = word_len <= len && bdk_equal_nocase_n(text, words, word_len);
    }
    return found;
}

const char *bedrock_error_advice(const struct bedrock_error *error)
{
    const struct advice *row = table, *end = table + BDK_COUNT(table);

    for (; row < end; row++) {
        if ((row->status == ANY_ANSWER ? error->code <= BEDROCK_E_SERVICE
                                       : error->code == row->status) &&
            begins_with_one_of(error->type, row->types) &&
            holds_one_of(error->message, row->words)) {
            return row->sentence;
        }
    }
    return bedrock_status_text(error->code);
}
