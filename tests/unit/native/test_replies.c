/* SPDX-License-Identifier: MIT */
/* What the unary answers of every family become. */
#include "check_reply.h"

static void tells_texts(void)
{
    check_reply(&bedrock_reply_claude_text,
                "{'type':'completion','completion':' Blue.','stop_reason':'stop_sequence',"
                "'stop':'\\n\\nHuman:'}",
                TEXT(" Blue.") "stop 3 stop_sequence\n" FREE);
    check_reply(&bedrock_reply_llama,
                "{'generation':'Blue \\ud83d\\ude00','prompt_token_count':26,"
                "'generation_token_count':60,'stop_reason':'length'}",
                TEXT("Blue \xF0\x9F\x98\x80") "stop 2 length\nusage 26 60 0 0 0 0 ms []\n");
    check_reply(&bedrock_reply_titan_text,
                "{'inputTextTokenCount':5.0,'results':[{'tokenCount':1.0e1,'outputText':'\\nB',"
                "'completionReason':'CONTENT_FILTERED'}]}",
                TEXT("\\0aB") "stop 5 CONTENT_FILTERED\nusage 5 10 0 0 0 0 ms []\n");
    check_reply(&bedrock_reply_mistral, "{'outputs':[{'text':' B','stop_reason':'stop'}]}",
                TEXT(" B") "stop 0 stop\n" FREE);
    check_reply(&bedrock_reply_cohere,
                "{'generations':[{'finish_reason':'MAX_TOKENS','id':'x','text':' B'}],'id':'y',"
                "'prompt':'text'}",
                TEXT(" B") "stop 2 MAX_TOKENS\n" FREE);
    check_reply(&bedrock_reply_cohere,
                "{'response_id':'x','text':'B','generation_id':'y','chat_history':[{'role':'USER',"
                "'message':'text'}],'finish_reason':'COMPLETE'}",
                TEXT("B") "stop 0 COMPLETE\n" FREE);
    check_reply(&bedrock_reply_jurassic,
                "{'id':1,'prompt':{'text':'Why?','tokens':[{'generatedToken':{'token':'x',"
                "'logprob':-1.5}}]},'completions':[{'data':{'text':'B','tokens':[]},"
                "'finishReason':{'reason':'endoftext'}}]}",
                TEXT("B") "stop 0 endoftext\n" FREE);
}

static void tells_claude(void)
{
    check_reply(
        &bedrock_reply_claude,
        "{'id':'msg','type':'message','role':'assistant','model':'m','content':["
        "{'type':'thinking','thinking':'Hm.','signature':'c2ln'},"
        "{'type':'redacted_thinking','data':'eHl6'},{'type':'text','text':'Blue.'},"
        "{'type':'text','text':'','citations':null},{'type':'text','citations':[{'a':1},{'b':2}],"
        "'text':'c'},{'type':'tool_use','id':'t1','name':'clock','input':{'a':[1]}},"
        "{'type':'server_tool_use','id':'t2','name':'search','input':{}},"
        "{'type':'web_search_tool_result','tool_use_id':'t2','content':[1]}],"
        "'stop_reason':'tool_use','stop_sequence':null,'usage':{'input_tokens':16,"
        "'cache_creation_input_tokens':3,'cache_read_input_tokens':4,'output_tokens':27}}",
        "begin 0 reasoning - -\nreasoning Hm.\nsignature c2ln\nend 0 reasoning - -\n"
        "begin 1 reasoning - -\nredacted eHl6\nend 1 reasoning - -\n"
        "begin 2 text - -\ntext Blue.\nend 2 text - -\n"
        "begin 4 citations - -\ncitation {\"a\":1}\ncitation {\"b\":2}\ntext c\nend 4 citations - "
        "-\n"
        "begin 5 tool_use t1 -\ninput {\"a\":[1]}\nend 5 tool_use t1 clock\n"
        "begin 6 server_tool_use - -\ninput {}\nend 6 server_tool_use t2 search\n"
        "begin 7 tool_result t2 -\nraw content [1]\nend 7 tool_result t2 -\n"
        "stop 1 tool_use\nusage 16 27 0 4 3 0 ms []\n");
    check_reply(&bedrock_reply_claude, "{'content':[],'stop_reason':'refusal'}",
                "stop 5 refusal\n" FREE);
    check_reply(&bedrock_reply_claude, "{'content':[],'stop_reason':'pause_turn'}",
                "stop 9 pause_turn\n" FREE);
}

static void tells_nova(void)
{
    check_reply(&bedrock_reply_nova,
                "{'output':{'message':{'content':[{'reasoningContent':{'reasoningText':{'text':'H',"
                "'signature':'s'}}},{'text':'Blue.'},{'toolUse':{'name':'n','toolUseId':'t',"
                "'input':{'a':1}}}],'role':'assistant'}},'stopReason':'tool_use','usage':{"
                "'inputTokens':7,'outputTokens':8,'totalTokens':15,'cacheReadInputTokenCount':1,"
                "'cacheWriteInputTokenCount':2}}",
                "begin 0 reasoning - -\nreasoning H\nsignature s\nend 0 reasoning - -\n"
                "begin 1 text - -\ntext Blue.\nend 1 text - -\n"
                "begin 2 tool_use - n\ninput {\"a\":1}\nend 2 tool_use t n\n"
                "stop 1 tool_use\nusage 7 8 15 1 2 0 ms []\n");
}

static void tells_choices(void)
{
    check_reply(&bedrock_reply_chat,
                "{'id':'x','choices':[{'index':0,'message':{'role':'assistant','content':'Blue.',"
                "'tool_calls':null},'finish_reason':'stop'}],'usage':{'prompt_tokens':1,"
                "'completion_tokens':2,'total_tokens':3},'model':'m'}",
                TEXT("Blue.") "stop 0 stop\nusage 1 2 3 0 0 0 ms []\n");
    check_reply(&bedrock_reply_chat,
                "{'choices':[{'index':0,'text':'Blue.','logprobs':null,'finish_reason':'length'}]}",
                TEXT("Blue.") "stop 2 length\n" FREE);
    check_reply(
        &bedrock_reply_chat,
        "{'choices':[{'message':{'reasoning_content':'Hm.','content':'B','tool_calls':["
        "{'id':'t1','type':'function','function':{'name':'f','arguments':'{\\'a\\':1}'}},"
        "{'function':{'arguments':'','name':'g'},'id':'t2'}]},'stop_reason':'tool_calls'}]}",
        "begin 0 reasoning - -\nreasoning Hm.\nend 0 reasoning - -\n"
        "begin 1 text - -\ntext B\nend 1 text - -\n"
        "begin 2 tool_use t1 -\ninput {\"a\":1}\nend 2 tool_use t1 f\n"
        "begin 3 tool_use - g\nend 3 tool_use t2 g\nstop 1 tool_calls\n" FREE);
    check_reply(&bedrock_reply_chat,
                "{'choices':[{'message':{'tool_calls':[{'id':'t','function':{'name':'f'}}],"
                "'content':'B'},'stop_reason':128009,'finish_reason':'tool_calls',"
                "'stop_reason':'x'}]}",
                "begin 0 tool_use t -\nend 0 tool_use t f\nbegin 1 text - -\ntext B\n"
                "end 1 text - -\nstop 1 tool_calls\n" FREE);
}

static void tells_what_a_guardrail_did(void)
{
    check_reply(&bedrock_reply_titan_text,
                "{'inputTextTokenCount':28.0,'results':[{'tokenCount':1,'outputText':'No.',"
                "'completionReason':'FINISH'}],'amazon-bedrock-trace':{'guardrail':{'input':{}}},"
                "'amazon-bedrock-guardrailAction':'INTERVENED'}",
                "begin 0 text - -\ntext No.\ntrace {\"guardrail\":{\"input\":{}}}\nend 0 text - -\n"
                "stop 4 FINISH\nusage 28 1 0 0 0 0 ms []\n");
    check_reply(&bedrock_reply_llama,
                "{'amazon-bedrock-guardrailAction':'INTERVENED','generation':'No.'}",
                TEXT("No.") "stop 4 \n" FREE);
    check_reply(&bedrock_reply_llama,
                "{'amazon-bedrock-guardrailAction':'NONE','generation':'a','stop_reason':'stop'}",
                TEXT("a") "stop 0 stop\n" FREE);
}

/* What does not fit ends before a code point, and nothing of the rest is put behind it. */
static void cuts_long_excuses(void)
{
    char json[400], want[400], long_text[255];

    memset(long_text, 'a', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    snprintf(json, sizeof json, "{'error':'%s\xC3\xBC\\tb'}", long_text);
    snprintf(want, sizeof want, "failed -76 [] [%s]\n", long_text);
    check_reply_ends(&bedrock_reply_image, json, "", want);
    check_reply_ends(&bedrock_reply_image, "{'error':'a\\ud83db'}", "",
                     "failed -76 [] [a\xEF\xBF\xBD"
                     "b]\n");
}

/* What comes with a 200 and is nothing that the family says: a fault of the service, for one. */
static void knows_what_is_no_answer(void)
{
    static const char *const bodies[] = {
        "{'Output':{'__type':'service#UnknownOperationException'},'Version':'1.0'}", "{}", "[]",
        "'text'"};
    size_t i;

    for (i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        check_reply_ends(&bedrock_reply_claude, bodies[i], "", "failed -55 [] []\n");
        check_reply_ends(&bedrock_reply_llama, bodies[i], "", "failed -55 [] []\n");
        check_reply_ends(&bedrock_reply_embed, bodies[i], "", "failed -55 [] []\n");
    }
    check_reply_ends(&bedrock_reply_claude, "{'message':'Internal failure'}", "",
                     "failed -55 [] []\n");
    check_reply(&bedrock_reply_titan_text, "{'amazon-bedrock-guardrailAction':'INTERVENED'}",
                "stop 4 \n" FREE);
}

static void tells_pictures(void)
{
    check_reply(&bedrock_reply_image, "{'images':['aW1n','aQ=='],'error':null}",
                "begin 0 image - -\nimage aW1n\nend 0 image - -\n"
                "begin 1 image - -\nimage aQ==\nend 1 image - -\n" FREE);
    check_reply_ends(&bedrock_reply_image, "{'images':[],'error':'Blocked \\u00fc.'}", "",
                     "failed -76 [] [Blocked \xC3\xBC.]\n");
    check_reply_ends(&bedrock_reply_image,
                     "{'seeds':[1],'finish_reasons':[null,'','Filter reason: prompt','Inference "
                     "error'],'images':['']}",
                     "", "failed -76 [] [Filter reason: prompt]\n");
}

#define VECTOR(i, numbers) "begin " i " vector - -\n" numbers "end " i " vector - -\n"

static void tells_vectors(void)
{
    check_reply(&bedrock_reply_embed,
                "{'embedding':[0.1,-1.5E-5,1],'embeddingsByType':{'float':[0.1]},"
                "'inputTextTokenCount':5}",
                VECTOR("0", "vector 0.1\nvector -1.5E-5\nvector 1\n") "usage 5 0 0 0 0 0 ms []\n");
    check_reply(&bedrock_reply_embed,
                "{'embeddings':[[0.1,2],[3]],'id':'x','response_type':'embeddings_floats',"
                "'texts':['a','b']}",
                VECTOR("0", "vector 0.1\nvector 2\n") VECTOR("1", "vector 3\n") FREE);
    check_reply(&bedrock_reply_embed,
                "{'embeddings':{'int8':[[7]],'float':[[0.1],[2]]},'response_type':'by_type'}",
                VECTOR("0", "vector 0.1\n") VECTOR("1", "vector 2\n") FREE);
    check_reply(&bedrock_reply_embed,
                "{'embeddings':[{'embeddingType':'TEXT','embedding':[0.1,2]},{'embedding':[3]}]}",
                VECTOR("0", "vector 0.1\nvector 2\n") VECTOR("1", "vector 3\n") FREE);
    check_reply_ends(&bedrock_reply_embed, "{'embedding':null,'message':'Too dark.'}", "",
                     "failed -76 [] [Too dark.]\n");
}

static void refuses_what_is_no_answer(void)
{
    check_reply_ends(&bedrock_reply_llama, "{'generation':'a'", "begin 0 text - -\ntext a\n",
                     "failed -43 [] []\n");
    check_reply_ends(&bedrock_reply_llama, "{'generation':a}", "", "failed -40 [] []\n");
    check_reply_ends(&bedrock_reply_llama, "{'prompt_token_count':1.5}", "", "failed -44 [] []\n");
    check_reply_ends(&bedrock_reply_chat,
                     "{'choices':[{'stop_reason':'a word of more than sixty-four bytes, which is "
                     "more than a word can have'}]}",
                     "", "failed -45 [] []\n");
    check_reply_ends(&bedrock_reply_embed,
                     "{'embedding':[0."
                     "1111111111111111111111111111111111111111111111111111111111111111]}",
                     "begin 0 vector - -\n", "failed -45 [] []\n");
}

int main(void)
{
    RUN(tells_texts);
    RUN(tells_claude);
    RUN(tells_nova);
    RUN(tells_choices);
    RUN(tells_what_a_guardrail_did);
    RUN(knows_what_is_no_answer);
    RUN(tells_pictures);
    RUN(cuts_long_excuses);
    RUN(tells_vectors);
    RUN(refuses_what_is_no_answer);
    return test_finish();
}
