/* SPDX-License-Identifier: MIT */
/* What the streams of every family become: a chunk a line. */
#include "check_reply.h"

static void tells_texts(void)
{
    check_stream(&bedrock_reply_claude_text,
                 "{'type':'completion','completion':' Blue','stop_reason':null,'stop':null}\n"
                 "{'completion':'.','stop_reason':'stop_sequence','stop':'\\n\\nHuman:'," METRICS
                 "}\n",
                 TEXT(" Blue.") "stop 3 stop_sequence\n" COST "done\n");
    check_stream(&bedrock_reply_llama,
                 "{'generation':'Bl','prompt_token_count':26,'generation_token_count':1,"
                 "'stop_reason':null}\n"
                 "{'generation':'ue','prompt_token_count':null,'generation_token_count':2,"
                 "'stop_reason':'stop'}\n",
                 TEXT("Blue") "stop 0 stop\nusage 26 2 0 0 0 0 ms []\ndone\n");
    check_stream(&bedrock_reply_titan_text,
                 "{'outputText':'B\\ud83d','index':0,'totalOutputTextTokenCount':null,"
                 "'completionReason':null,'inputTextTokenCount':5}\n"
                 "{'outputText':'\\ude00l','index':0,'totalOutputTextTokenCount':12,"
                 "'completionReason':'LENGTH','inputTextTokenCount':null}\n",
                 TEXT("B\xF0\x9F\x98\x80l") "stop 2 LENGTH\nusage 5 12 0 0 0 0 ms []\ndone\n");
    check_stream(&bedrock_reply_mistral,
                 "{'outputs':[{'text':'a','stop_reason':null}]}\n"
                 "{'outputs':[{'text':'b','stop_reason':'length'}]}\n",
                 TEXT("ab") "stop 2 length\n" FREE "done\n");
    check_stream(&bedrock_reply_cohere,
                 "{'is_finished':false,'event_type':'text-generation','text':'a'}\n"
                 "{'is_finished':true,'finish_reason':'COMPLETE','response':{'text':'a',"
                 "'finish_reason':'x'}}\n",
                 TEXT("a") "stop 0 COMPLETE\n" FREE "done\n");
}

static void tells_claude(void)
{
    check_stream(
        &bedrock_reply_claude,
        "{'type':'message_start','message':{'id':'m','type':'message','role':'assistant',"
        "'content':[],'stop_reason':null,'usage':{'input_tokens':9,'output_tokens':1}}}\n"
        "{'type':'content_block_start','index':0,'content_block':{'type':'thinking',"
        "'thinking':'','signature':''}}\n{'type':'ping'}\n"
        "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta',"
        "'thinking':'Hm.'}}\n"
        "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta',"
        "'signature':'c2ln'}}\n{'type':'content_block_stop','index':0}\n"
        "{'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking',"
        "'data':'eHl6'}}\n{'type':'content_block_stop','index':1}\n"
        "{'type':'content_block_start','index':2,'content_block':{'type':'text','text':''}}\n"
        "{'type':'content_block_delta','index':2,'delta':{'type':'text_delta','text':'Bl'}}\n"
        "{'type':'content_block_delta','delta':{'type':'text_delta','text':'ue'},'index':2}\n"
        "{'type':'content_block_stop','index':2}\n"
        "{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','id':'t1',"
        "'name':'clock','input':{}}}\n"
        "{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta',"
        "'partial_json':'{\\'a'}}\n"
        "{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta',"
        "'partial_json':'\\':1}'}}\n{'type':'content_block_stop','index':3}\n"
        "{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null},"
        "'usage':{'output_tokens':30}}\n{'type':'message_stop'," METRICS "}\n",
        "begin 0 reasoning - -\nreasoning Hm.\nsignature c2ln\nend 0 reasoning - -\n"
        "begin 1 reasoning - -\nredacted eHl6\nend 1 reasoning - -\n"
        "begin 2 text - -\ntext Blue\nend 2 text - -\n"
        "begin 3 tool_use t1 clock\ninput {\"a\":1}\nend 3 tool_use t1 clock\n"
        "stop 1 tool_use\n" COST "done\n");
}

static void tells_nova(void)
{
    check_stream(
        &bedrock_reply_nova,
        "{'messageStart':{'role':'assistant'}}\n"
        "{'contentBlockDelta':{'delta':{'reasoningContent':{'text':'H'}},'contentBlockIndex':0}}\n"
        "{'contentBlockDelta':{'delta':{'text':'Bl'},'contentBlockIndex':0}}\n"
        "{'contentBlockStop':{'contentBlockIndex':0}}\n"
        "{'contentBlockDelta':{'delta':{'text':'ue'},'contentBlockIndex':1}}\n"
        "{'contentBlockStart':{'start':{'toolUse':{'toolUseId':'t','name':'n'}},"
        "'contentBlockIndex':2}}\n"
        "{'contentBlockDelta':{'delta':{'toolUse':{'input':'{}'}},'contentBlockIndex':2}}\n"
        "{'contentBlockDelta':{'delta':{'text':'So.'},'contentBlockIndex':3}}\n"
        "{'messageStop':{'stopReason':'end_turn'}}\n"
        "{'metadata':{'usage':{'inputTokens':7,'outputTokens':8,'totalTokens':15},"
        "'metrics':{},'trace':{}},'amazon-bedrock-invocationMetrics':{'inputTokenCount':7,"
        "'outputTokenCount':8,'invocationLatency':99}}\n",
        "begin 0 reasoning - -\nreasoning H\nend 0 reasoning - -\n"
        "begin 1 text - -\ntext Blue\nend 1 text - -\n"
        "begin 2 tool_use t n\ninput {}\nend 2 tool_use t n\n"
        "begin 3 text - -\ntext So.\nend 3 text - -\n"
        "stop 0 end_turn\nusage 7 8 15 0 0 99 ms []\ndone\n");
}

#define DELTA(members) "{'choices':[{'index':0,'delta':{" members "},'finish_reason':null}]}\n"

static void tells_choices(void)
{
    check_stream(
        &bedrock_reply_chat,
        DELTA("'role':'assistant','content':''") DELTA("'content':'Bl'") DELTA(
            "'content':'ue'") "{'choices':[{'index':0,'delta':{},'finish_reason':'stop','stop_"
                              "reason':null}]}\n"
                              "{'choices':[],'usage':{'prompt_tokens':1,'completion_tokens':2,"
                              "'total_tokens':3}}\n'[DONE]'\n",
        TEXT("Blue") "stop 0 stop\nusage 1 2 3 0 0 0 ms []\ndone\n");
}

static void tells_tools_of_choices(void)
{
    check_stream(
        &bedrock_reply_chat,
        DELTA("'reasoning':'Hm.'") DELTA("'content':'B'")
            DELTA("'content':null,'tool_calls':[{'index':0,'id':'t1','type':'function',"
                  "'function':{'name':'f','arguments':''}}]")
                DELTA("'tool_calls':[{'index':0,'function':{'arguments':'{\\'a\\'' }}]")
                    DELTA("'tool_calls':[{'index':0,'id':null,'function':{'arguments':':1}'}}]")
                        DELTA("'tool_calls':[{'index':1,'id':'t2','function':{'name':'g',"
                              "'arguments':'{}'}},{'index':2,'id':'t3','function':{'name':'h'}}]")
                            DELTA("'content':'So.'") "{'choices':[{'delta':{},'finish_reason':'"
                                                     "tool_calls'}]}\n",
        "begin 0 reasoning - -\nreasoning Hm.\nend 0 reasoning - -\n"
        "begin 1 text - -\ntext B\nend 1 text - -\n"
        "begin 2 tool_use t1 f\ninput {\"a\":1}\nend 2 tool_use t1 f\n"
        "begin 3 tool_use t2 g\ninput {}\nend 3 tool_use t2 g\n"
        "begin 4 tool_use t3 h\nend 4 tool_use t3 h\n"
        "begin 5 text - -\ntext So.\nend 5 text - -\nstop 1 tool_calls\n" FREE "done\n");
    check_stream(
        &bedrock_reply_chat,
        DELTA("'tool_calls':[{'id':'t1','function':{'name':'f','arguments':'1'}}]")
            DELTA("'tool_calls':[{'id':'t1','function':{'arguments':'2'}}]") DELTA(
                "'tool_calls':[{'id':'','function':{'arguments':'3'}}]") "{'choices':[{'delta':{},'"
                                                                         "finish_reason':'tool_"
                                                                         "calls'}]}\n",
        "begin 0 tool_use t1 f\ninput 123\nend 0 tool_use t1 f\nstop 1 tool_calls\n" FREE "done\n");
    check_stream(&bedrock_reply_chat,
                 DELTA("'tool_calls':[{'id':'t1','function':{'name':'f','arguments':'1'}}]")
                     DELTA("'tool_calls':[{'id':'','function':{'name':'','arguments':'2'}}]")
                         DELTA("'content':''") "{'choices':[{'finish_reason':'tool_calls'}]}\n",
                 "begin 0 tool_use t1 f\ninput 12\nend 0 tool_use t1 f\nstop 1 tool_calls\n" FREE
                 "done\n");
}

/* Arguments that come before the id of their call would be another call's. */
static void refuses_calls_that_begin_with_their_end(void)
{
    check_stream(&bedrock_reply_chat,
                 DELTA("'content':'B'")
                     DELTA("'tool_calls':[{'function':{'arguments':'{}','name':'f'},'id':'t1'}]"),
                 "begin 0 text - -\ntext B\nfailed -44 [] []\n");
    check_stream(&bedrock_reply_chat,
                 DELTA("'tool_calls':[{'function':{'arguments':'','name':'f'},'id':'t1'}]")
                     DELTA("'tool_calls':[{'function':{'arguments':'{}'}}]")
                         DELTA("'tool_calls':[{'function':{'arguments':'[]','name':'g'},"
                               "'id':'t2'}]"),
                 "begin 0 tool_use t1 f\ninput {}[]\nfailed -44 [] []\n");
    check_stream(
        &bedrock_reply_chat,
        DELTA("'content':'B'")
            DELTA("'tool_calls':[{'function':{'arguments':'','name':'f'},'id':'t1'}]")
                DELTA("'tool_calls':[{'function':{'arguments':'{}'}}]") "{'choices':[{'finish_"
                                                                        "reason':'tool_calls'}]}\n",
        TEXT("B") "begin 1 tool_use t1 f\ninput {}\nend 1 tool_use t1 f\nstop 1 tool_calls\n" FREE
                  "done\n");
}

/* What the service says it cost is an end, too; without either there is none. */
static void needs_an_end(void)
{
    check_stream(&bedrock_reply_llama, "{'generation':'a'}\n{" METRICS "}\n",
                 TEXT("a") COST "done\n");
    check_stream(&bedrock_reply_llama, "{'generation':'a','stop_reason':null}\n",
                 "begin 0 text - -\ntext a\nfailed -54 [] []\n");
    check_stream(&bedrock_reply_llama,
                 "{'generation':'a','amazon-bedrock-invocationMetrics':null}\n",
                 "begin 0 text - -\ntext a\nfailed -54 [] []\n");
    check_stream(&bedrock_reply_llama,
                 "{'generation':'a','amazon-bedrock-guardrailAction':'INTERVENED'," METRICS "}\n",
                 TEXT("a") "stop 4 \n" COST "done\n");
}

static void refuses_chunks_that_are_none(void)
{
    check_stream(&bedrock_reply_llama, "{'generation':'a'\n",
                 "begin 0 text - -\ntext a\nfailed -43 [] []\n");
    check_stream(&bedrock_reply_llama, "{'generation':'a'}}\n",
                 "begin 0 text - -\ntext a\nfailed -40 [] []\n");
    check_stream(&bedrock_reply_chat,
                 DELTA("'tool_calls':[{'id':'an id of more than sixty-four bytes, which is more "
                       "than an id can ever have'}]"),
                 "failed -45 [] []\n");
}

/* An answer that breaks off is not complete, wherever it does. */
static void every_beginning_is_incomplete(void)
{
    const struct bedrock_invoke_model request = {.model_id = "a-model",
                                                 .reply = &bedrock_reply_claude};
    const struct question question = {ask_invoke_stream, &request};
    static const char *const chunks[] = {
        "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'h\xC3\xA9'}}",
        "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}"};
    struct bytes body = {0};
    size_t i;

    for (i = 0; i < 2; i++) {
        put_chunk(&body, quoted(chunks[i]), strlen(chunks[i]));
    }
    check_beginnings(&question, STREAM_TYPE, &body, "a stream");
    bytes_free(&body);
}

int main(void)
{
    RUN(tells_texts);
    RUN(tells_claude);
    RUN(tells_nova);
    RUN(tells_choices);
    RUN(tells_tools_of_choices);
    RUN(refuses_calls_that_begin_with_their_end);
    RUN(needs_an_end);
    RUN(refuses_chunks_that_are_none);
    RUN(every_beginning_is_incomplete);
    return test_finish();
}
