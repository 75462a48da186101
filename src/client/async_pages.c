/* SPDX-License-Identifier: MIT */
/* ListAsyncInvokes, all pages of it. See bedrock/async_invoke.h. */
#include "client/async.h"
#include "util/bytes.h"

/* Of bedrock_async_list.state. */
enum { NOT_BEGUN, IN_PAGE, ENDED };

static int begin_page(struct bedrock_client *client, struct bedrock_async_list *list)
{
    int status;

    list->query.next_token = list->token;
    status = bedrock_list_async_invokes(client, &list->query);
    if (status == BEDROCK_OK) {
        list->state = IN_PAGE;
        list->token_len = 0;
        list->token_differs = 0;
    }
    return status;
}

static int begin(struct bedrock_client *client, struct bedrock_async_list *list)
{
    if (list->token == NULL || list->token_cap == 0) {
        return bdk_client_refuse(client, BEDROCK_E_ARGUMENT);
    }
    list->token[0] = '\0';
    return begin_page(client, list);
}

/* A piece of the next page's token takes the place of this page's, which is not needed any more:
 * once there has been an event, no request is sent again. The old one is looked at as far as they
 * are the same, so never beyond its NUL. */
static int take_token(struct bedrock_client *client, struct bedrock_async_list *list)
{
    const struct bedrock_event *event = &list->event;
    char *at = list->token + list->token_len;
    size_t i;

    if (event->text_len >= list->token_cap - list->token_len) {
        return bdk_client_give_up(client, BEDROCK_E_FIELD_SIZE);
    }
    for (i = 0; i < event->text_len; i++) {
        if (event->text[i] == '\0') {
            return bdk_client_give_up(client, BEDROCK_E_JSON_SHAPE);
        }
        if (!list->token_differs && at[i] != event->text[i]) {
            list->token_differs = 1;
        }
        at[i] = event->text[i];
    }
    list->token_len += i;
    if (event->last) {
        if (!list->token_differs && at[i] != '\0') {
            list->token_differs = 1; /* the old one is longer */
        }
        at[i] = '\0';
    }
    return BEDROCK_OK;
}

/* The page is over. */
static int go_on(struct bedrock_client *client, struct bedrock_async_list *list)
{
    if (list->token_len > 0 && list->token_differs) {
        return begin_page(client, list);
    }
    list->state = ENDED;
    return BEDROCK_OK;
}

static int take(struct bedrock_client *client, struct bedrock_async_list *list,
                struct bedrock_async_invoke *job)
{
    const struct bedrock_event *event = &list->event;

    if (event->type == BEDROCK_EVENT_FIELD && !client->reader.open &&
        bdk_same(event->name, "nextToken")) {
        return take_token(client, list);
    }
    return bdk_async_collect(client, job, event);
}

int bedrock_async_list_next(bedrock_client *client, struct bedrock_async_list *list,
                            struct bedrock_async_invoke *job)
{
    int status = list->state == NOT_BEGUN ? begin(client, list) : BEDROCK_OK;

    while (status == BEDROCK_OK && list->state == IN_PAGE) {
        status = bedrock_next(client, &list->event);
        if (status == BEDROCK_EVENT) {
            status = take(client, list, job);
        } else if (status == BEDROCK_OK) {
            status = go_on(client, list);
        }
    }
    return status;
}
