/* SPDX-License-Identifier: MIT */
/* What a prompt becomes in the form of each family, and what no family takes. */
#include "body.h"

static const char *const stops[] = {"END", "\n"};

/* All members that most families know. */
#define FULL                                                                                       \
    .prompt = "Why?", .max_tokens = 9, .temperature = "0.5", .top_p = "0.9",                       \
    .stop_sequences = {stops, 2}
#define MESSAGES "[{\"role\":\"user\",\"content\":\"a\"}]"

static void writes_claude(void)
{
    IS(BEDROCK_CLAUDE(FULL, .system = "Be brief.", .top_k = 7),
       "{'anthropic_version':'bedrock-2023-05-31','messages':[{'role':'user','content':'Why?'}],"
       "'system':'Be brief.','max_tokens':9,'temperature':0.5,'top_p':0.9,'top_k':7,"
       "'stop_sequences':['END','\\n']}");
    IS(BEDROCK_CLAUDE(.prompt = "Why?"),
       "{'anthropic_version':'bedrock-2023-05-31','messages':[{'role':'user','content':'Why?'}],"
       "'max_tokens':1024}");
    IS(BEDROCK_CLAUDE(.messages = " " MESSAGES " ", .system = "s"),
       "{'anthropic_version':'bedrock-2023-05-31','messages':[{'role':'user','content':'a'}],"
       "'system':'s','max_tokens':1024}");
}

static void writes_claude_text(void)
{
    IS(BEDROCK_CLAUDE_TEXT(FULL, .top_k = 7),
       "{'prompt':'\\n\\nHuman: Why?\\n\\nAssistant:','max_tokens_to_sample':9,'temperature':0.5,"
       "'top_p':0.9,'top_k':7,'stop_sequences':['END','\\n']}");
    IS(BEDROCK_CLAUDE_TEXT(.prompt = "Why?", .system = "Be brief."),
       "{'prompt':'Be brief.\\n\\nHuman: Why?\\n\\nAssistant:','max_tokens_to_sample':1024}");
    IS(BEDROCK_CLAUDE_TEXT(.prompt = "\n\nHuman: a\n\nAssistant: b", .raw_prompt = 1),
       "{'prompt':'\\n\\nHuman: a\\n\\nAssistant: b','max_tokens_to_sample':1024}");
}

static void writes_llama(void)
{
    IS(BEDROCK_LLAMA2(.prompt = "Why?", .max_tokens = 9, .temperature = "0", .top_p = "1"),
       "{'prompt':'[INST] Why? [/INST]','max_gen_len':9,'temperature':0,'top_p':1}");
    IS(BEDROCK_LLAMA2(.prompt = "Why?", .system = "s"),
       "{'prompt':'[INST] <<SYS>>\\ns\\n<</SYS>>\\n\\nWhy? [/INST]'}");
    IS(BEDROCK_LLAMA3(.prompt = "Why?"),
       "{'prompt':'<|begin_of_text|><|start_header_id|>user<|end_header_id|>\\n\\nWhy?<|eot_id|>"
       "<|start_header_id|>assistant<|end_header_id|>\\n\\n'}");
    IS(BEDROCK_LLAMA3(.prompt = "Why?", .system = "s", .max_tokens = 9),
       "{'prompt':'<|begin_of_text|><|start_header_id|>system<|end_header_id|>\\n\\ns<|eot_id|>"
       "<|start_header_id|>user<|end_header_id|>\\n\\nWhy?<|eot_id|>"
       "<|start_header_id|>assistant<|end_header_id|>\\n\\n','max_gen_len':9}");
    IS(BEDROCK_LLAMA3(.prompt = "<|begin_of_text|>x", .raw_prompt = 1),
       "{'prompt':'<|begin_of_text|>x'}");
}

static void writes_titan_text(void)
{
    IS(BEDROCK_TITAN_TEXT(FULL),
       "{'inputText':'Why?','textGenerationConfig':{'maxTokenCount':9,'temperature':0.5,"
       "'topP':0.9,'stopSequences':['END','\\n']}}");
    IS(BEDROCK_TITAN_TEXT(.prompt = "Why?"), "{'inputText':'Why?'}");
    IS(BEDROCK_TITAN_TEXT(.prompt = "Why?", .raw_prompt = 1, .top_p = "1E-1"),
       "{'inputText':'Why?','textGenerationConfig':{'topP':1E-1}}");
}

static void writes_nova(void)
{
    IS(BEDROCK_NOVA(FULL, .system = "s", .top_k = 7),
       "{'schemaVersion':'messages-v1','messages':[{'role':'user','content':[{'text':'Why?'}]}],"
       "'system':[{'text':'s'}],'inferenceConfig':{'maxTokens':9,'temperature':0.5,'topP':0.9,"
       "'topK':7,'stopSequences':['END','\\n']}}");
    IS(BEDROCK_NOVA(.prompt = "Why?"),
       "{'schemaVersion':'messages-v1','messages':[{'role':'user','content':[{'text':'Why?'}]}]}");
    IS(BEDROCK_NOVA(.messages = "[]"), "{'schemaVersion':'messages-v1','messages':[]}");
}

static void writes_mistral(void)
{
    IS(BEDROCK_MISTRAL(FULL, .top_k = 7),
       "{'prompt':'<s>[INST] Why? [/INST]','max_tokens':9,'temperature':0.5,'top_p':0.9,'top_k':7,"
       "'stop':['END','\\n']}");
}

static void writes_cohere(void)
{
    IS(BEDROCK_COHERE(FULL, .top_k = 7),
       "{'prompt':'Why?','max_tokens':9,'temperature':0.5,'p':0.9,'k':7,"
       "'stop_sequences':['END','\\n']}");
    IS(BEDROCK_COHERE_R(FULL, .top_k = 7, .system = "s"),
       "{'message':'Why?','preamble':'s','max_tokens':9,'temperature':0.5,'p':0.9,'k':7,"
       "'stop_sequences':['END','\\n']}");
}

static void writes_jurassic(void)
{
    IS(BEDROCK_JURASSIC(FULL), "{'prompt':'Why?','maxTokens':9,'temperature':0.5,'topP':0.9,'"
                               "stopSequences':['END','\\n']}");
}

static void writes_chat(void)
{
    IS(BEDROCK_CHAT(FULL),
       "{'messages':[{'role':'user','content':'Why?'}],'max_tokens':9,'temperature':0.5,"
       "'top_p':0.9,'stop':['END','\\n']}");
    IS(BEDROCK_CHAT(.prompt = "Why?", .system = "s"),
       "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'Why?'}]}");
    IS(BEDROCK_CHAT(.messages = MESSAGES, .max_tokens = 5),
       "{'messages':[{'role':'user','content':'a'}],'max_tokens':5}");
}

/* Every kind with the same prompt; without its macro. */
static void check_every_kind(const struct bedrock_prompt *prompt, int status)
{
    static const struct bedrock_body_kind *const kinds[] = {
        &bedrock_native_claude,   &bedrock_native_claude_text, &bedrock_native_llama2,
        &bedrock_native_llama3,   &bedrock_native_titan_text,  &bedrock_native_nova,
        &bedrock_native_mistral,  &bedrock_native_cohere,      &bedrock_native_cohere_r,
        &bedrock_native_jurassic, &bedrock_native_chat,
    };
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        test_context("kind %zu", i);
        check_body_fails(&(const struct bedrock_body){kinds[i], prompt}, status);
    }
    test_context(NULL);
}

static void refuses_a_prompt_that_is_none(void)
{
    static const char *const holes[] = {"a", NULL};

    check_every_kind(NULL, BEDROCK_E_ARGUMENT);
    check_every_kind(&(const struct bedrock_prompt){.max_tokens = 5}, BEDROCK_E_ARGUMENT);
    check_every_kind(&(const struct bedrock_prompt){.prompt = ""}, BEDROCK_E_EMPTY_TEXT);
    check_every_kind(&(const struct bedrock_prompt){.prompt = " \t\r\n "}, BEDROCK_E_EMPTY_TEXT);
    check_every_kind(&(const struct bedrock_prompt){.prompt = "a\xFF"}, BEDROCK_E_UTF8);
    check_every_kind(&(const struct bedrock_prompt){.prompt = "half \xE2\x82"}, BEDROCK_E_UTF8);
    check_every_kind(&(const struct bedrock_prompt){.prompt = "a", .max_tokens = -1},
                     BEDROCK_E_ARGUMENT);
    check_every_kind(&(const struct bedrock_prompt){.prompt = "a", .temperature = "warm"},
                     BEDROCK_E_JSON);
    check_every_kind(&(const struct bedrock_prompt){.prompt = "a", .stop_sequences = {holes, 2}},
                     BEDROCK_E_ARGUMENT);
}

/* Both of what excludes each other; and raw where there is no form around a prompt to be left out.
 */
static void refuses_what_contradicts_itself(void)
{
    check_every_kind(&(const struct bedrock_prompt){.prompt = "a", .messages = MESSAGES},
                     BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_CHAT(.messages = MESSAGES, .system = "s"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_CLAUDE(.prompt = "a", .raw_prompt = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_NOVA(.prompt = "a", .raw_prompt = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_CHAT(.prompt = "a", .raw_prompt = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_LLAMA3(.prompt = "a", .system = "s", .raw_prompt = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_CLAUDE(.messages = "[{]"), BEDROCK_E_JSON);
    FAILS(BEDROCK_CLAUDE(.messages = "[{}"), BEDROCK_E_JSON_INCOMPLETE);
}

static void drops_nothing(void)
{
    FAILS(BEDROCK_LLAMA2(.prompt = "a", .top_k = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_LLAMA3(.prompt = "a", .stop_sequences = {stops, 1}), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_TITAN_TEXT(.prompt = "a", .system = "s"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_TITAN_TEXT(.prompt = "a", .top_k = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_MISTRAL(.prompt = "a", .system = "s"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_COHERE(.prompt = "a", .system = "s"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_JURASSIC(.prompt = "a", .system = "s"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_JURASSIC(.prompt = "a", .top_k = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_CHAT(.prompt = "a", .top_k = 1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_COHERE_R(.prompt = "a", .messages = MESSAGES), BEDROCK_E_ARGUMENT);
}

int main(void)
{
    RUN(writes_claude);
    RUN(writes_claude_text);
    RUN(writes_llama);
    RUN(writes_titan_text);
    RUN(writes_nova);
    RUN(writes_mistral);
    RUN(writes_cohere);
    RUN(writes_jurassic);
    RUN(writes_chat);
    RUN(refuses_a_prompt_that_is_none);
    RUN(refuses_what_contradicts_itself);
    RUN(drops_nothing);
    return test_finish();
}
