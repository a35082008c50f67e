"""Starts MiniStack 1.5.33, unmodified on disk, with the faults repaired that would lose data or hide an error here.

Each patch says what AWS does and what MiniStack does without it. Every anchor is asserted, so that an upgrade fails
loudly instead of running half patched. Configuration is MiniStack's own environment, and LAMBDA_HOST_URL.
"""

import contextvars
import inspect
import json
import os
import re
import sys
import threading
import time
from importlib.metadata import version

import ministack.core.iam_actions as iam_actions
import ministack.core.iam_evaluator as iam_evaluator
import ministack.services.apigateway as apigateway
import ministack.services.lambda_svc as lambdas
import ministack.services.stepfunctions as stepfunctions
from ministack.core.responses import new_uuid, now_iso

EXPECTED = "1.5.33"
if version("ministack") != EXPECTED:
    sys.exit(f"the patches are for MiniStack {EXPECTED}, installed is {version('ministack')}")


def recompile(module, function, old, new):
    """Gives MODULE its FUNCTION anew, with the one occurrence of OLD in its source replaced by NEW."""
    source = inspect.getsource(getattr(module, function))
    assert source.count(old) == 1, f"{function} has changed: {old!r}"
    exec(source.replace(old, new), module.__dict__)


def end_with_the_parent():
    """Whoever started us holds our standard input: when that closes, even by a kill -9 there, we end too."""

    def wait():
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


# --- Lambda ---------------------------------------------------------------------------------------------------------


def run_functions_in_the_host():
    """All functions run in the Lambda host, without a variable in each of them that AWS does not get."""
    host = os.environ["LAMBDA_HOST_URL"]
    assert callable(lambdas._proxy_url_for)
    lambdas._proxy_url_for = lambda config: host


def keep_the_error_of_a_function():
    """AWS hands on the errorType that the function threw; MiniStack wraps the host's answer in one of its own."""
    execute = lambdas._execute_function_proxy

    def execute_in_host(function, event, url, request_id):
        result = execute(function, event, url, request_id)
        message = result["body"].get("errorMessage", "") if result.get("error") else ""
        if message.startswith("Proxy target returned HTTP"):
            try:
                result["body"] = json.loads(message.split(": ", 1)[1])
            except ValueError:
                pass
        return result

    lambdas._execute_function_proxy = execute_in_host


def retry_stream_records():
    """Streams: MiniStack ignores MaximumRetryAttempts, bisecting and batchItemFailures, so a bad record blocks or is lost."""

    def failed_from(mapping, records, result):
        """Index of the first record that failed, None when all went well."""
        if result.get("error"):
            return 0
        body = result.get("body")
        reports = "ReportBatchItemFailures" in (mapping.get("FunctionResponseTypes") or [])
        failures = body.get("batchItemFailures") if reports and isinstance(body, dict) else None
        if not failures:
            return None
        numbers = {failure.get("itemIdentifier") for failure in failures}
        return next((i for i, record in enumerate(records) if record["dynamodb"]["SequenceNumber"] in numbers), 0)

    def invoke_with_retries(mapping, function, records, stream_arn):
        limit = mapping.get("MaximumRetryAttempts")
        limit = -1 if limit is None else int(limit)

        def attempt(batch, tries):
            result = lambdas._execute_function(function, {"Records": batch})
            first = failed_from(mapping, batch, result)
            if first is None:
                return result
            rest = batch[first:]
            if not result.get("error"):
                result = {"error": True, "body": {"errorType": "BatchItemFailures", "errorMessage": "partial batch"}}
            if limit < 0:
                return result  # unlimited: MiniStack keeps the position and calls again after a second
            if mapping.get("BisectBatchOnFunctionError") and len(rest) > 1:
                half = len(rest) // 2
                attempt(rest[:half], tries)
                attempt(rest[half:], tries)
                return {"body": None}
            if tries < limit:
                time.sleep(min(0.2 * 2**tries, 2))
                return attempt(rest, tries + 1)
            lambdas._send_ddb_stream_failure_record(
                mapping, function, rest, stream_arn, result, "RetryAttemptsExhausted"
            )
            return {"body": None}

        return attempt(records, 0)

    lambdas._invoke_with_retries = invoke_with_retries
    recompile(
        lambdas,
        "_poll_dynamodb_streams",
        "result = _execute_function(func_rec, event)",
        "result = _invoke_with_retries(esm, func_rec, batch, source_arn)",
    )


# --- Step Functions -------------------------------------------------------------------------------------------------

running = threading.local()  # .execution, .context of the task that this thread works on
machine_of_token = {}


def wait_for_task_tokens():
    """A task with a token: on AWS a failing function fails the task, each try has a token of its own, and a token dies
    with its execution. MiniStack swallows the error and waits, reuses the token and keeps it for ever."""
    tokens = stepfunctions._task_tokens
    failure = stepfunctions._ExecutionError
    execute_task = stepfunctions._execute_task
    invoke_with_callback = stepfunctions._invoke_with_callback

    def remember_task(state, raw_input, execution, context):
        before = getattr(running, "execution", None), getattr(running, "context", None)
        running.execution, running.context = execution, context
        try:
            return execute_task(state, raw_input, execution, context)
        finally:
            running.execution, running.context = before

    def wait(event, seconds):
        end = time.monotonic() + seconds
        while not event.wait(min(0.5, max(0, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise failure("States.Timeout", "Task timed out waiting for callback")
            if running.execution.get("status") != "RUNNING":
                raise failure("States.Runtime", "the execution is no longer running")

    def invoke_lambda_with_callback(resource, arguments, token, state):
        if "states:::lambda:invoke" not in resource:
            return invoke_with_callback(resource, arguments, token, state)
        event = threading.Event()
        tokens[token] = {"event": event, "result": None, "error": None, "heartbeat": None}
        machine_of_token[token] = running.execution["stateMachineArn"]
        try:
            function = stepfunctions._resolve_lambda_function_ref(arguments["FunctionName"], optimized=True)
            stepfunctions._call_lambda(function, arguments.get("Payload", {}))
            wait(event, state.get("TimeoutSeconds", 99999999))
            answer = tokens[token]
            if answer.get("error"):
                raise failure(answer["error"].get("Error", "TaskFailed"), answer["error"].get("Cause", ""))
            return json.loads(answer["result"])
        finally:
            tokens.pop(token, None)
            running.context["Task"]["Token"] = new_uuid()

    stepfunctions._execute_task = remember_task
    stepfunctions._invoke_with_callback = invoke_lambda_with_callback


def end_late_executions():
    """The machine's own TimeoutSeconds ends an execution as TIMED_OUT; MiniStack does not look at it."""
    run = stepfunctions._run_execution
    fail = stepfunctions._fail_execution

    def time_out(execution):
        if execution["status"] != "RUNNING":
            return
        execution.update(status="TIMED_OUT", stopDate=now_iso(), error="States.Timeout", cause=None)
        details = {"executionTimedOutEventDetails": {"error": "States.Timeout"}}
        stepfunctions._add_event(execution, "ExecutionTimedOut", details)
        stepfunctions._emit_execution_status_event(execution)

    def run_with_time_limit(arn):
        execution = stepfunctions._executions.get(arn)
        machine = execution and stepfunctions._state_machines.get(execution["stateMachineArn"])
        seconds = machine and json.loads(machine["definition"]).get("TimeoutSeconds")
        if seconds:
            # the state of MiniStack is scoped by account and region, which live in context variables
            timer = threading.Timer(seconds, contextvars.copy_context().run, (time_out, execution))
            timer.daemon = True
            timer.start()
        return run(arn)

    def fail_what_still_runs(execution, *rest, **named):
        if execution.get("status") == "RUNNING":
            return fail(execution, *rest, **named)

    stepfunctions._run_execution = run_with_time_limit
    stepfunctions._fail_execution = fail_what_still_runs


# --- HTTP API -------------------------------------------------------------------------------------------------------


def shape_http_events_as_aws():
    """Payload format 2.0 moves cookies to a list of their own; MiniStack leaves them in the headers."""

    def move_cookies(event):
        name = next((header for header in event["headers"] if header.lower() == "cookie"), None)
        if name:
            event["cookies"] = [cookie.strip() for cookie in event["headers"].pop(name).split(";") if cookie.strip()]

    apigateway._move_cookies = move_cookies
    recompile(
        apigateway,
        "_invoke_lambda_proxy",
        "    # Real AWS omits body entirely",
        "    _move_cookies(event)\n    # Real AWS omits body entirely",
    )


def hide_errors_of_functions():
    """A function that throws is answered 500 without a word; MiniStack answers 502 with the error's text."""
    answer = lambdas.lambda_execute_result_to_api_proxy_response

    def answer_as_aws(result):
        if result.get("error") and not result.get("throttle"):
            body = '{"message":"Internal Server Error"}'
            return {"statusCode": 500, "headers": {"Content-Type": "application/json"}, "body": body}, None
        return answer(result)

    lambdas.lambda_execute_result_to_api_proxy_response = answer_as_aws


# --- Permissions ----------------------------------------------------------------------------------------------------


def count_loopback_as_https():
    """There is no TLS on this machine. Policies of buckets and queues that deny plain http stay as they are deployed, and
    are met: nothing but this machine reaches the port."""
    origin = contextvars.ContextVar("request_origin", default=("127.0.0.1", True))
    assert callable(iam_evaluator.pin_request_origin)
    iam_evaluator._request_origin = origin
    iam_evaluator.pin_request_origin = lambda source_ip, secure: origin.set((source_ip, True))


def authorize_on_exact_resources():
    """states:SendTask* is granted on a state machine, ses:SendEmail on the sender's identity; MiniStack checks both
    against '*', so that no exact grant would do."""
    extract = iam_actions.extract_resource_arn

    def extract_resource_arn(service, method, path, headers, body, query, region, account):
        if service == "states" and b"taskToken" in (body or b""):
            machine = machine_of_token.get(json.loads(body).get("taskToken"))
            if machine:
                return machine
        if service == "ses" and path == "/v2/email/outbound-emails":
            domain = (json.loads(body).get("FromEmailAddress") or "").rpartition("@")[2].rstrip(">")
            return f"arn:aws:ses:{region}:{account}:identity/{domain}"
        return extract(service, method, path, headers, body, query, region, account)

    iam_actions.extract_resource_arn = extract_resource_arn


def know_the_keys_of_items():
    """A role may be held to the items of a table whose partition key begins in some way (dynamodb:LeadingKeys); MiniStack
    does not know which items a request is about. Here every table's partition key is its `pk`."""
    known = iam_actions.dynamodb_service_context

    def dynamodb_service_context(body):
        request = json.loads(body or b"{}")
        key = (request.get("Item") or request.get("Key") or {}).get("pk")
        asked = re.search(r"=\s*(:\w+)", request.get("KeyConditionExpression") or "")
        if asked:
            key = (request.get("ExpressionAttributeValues") or {}).get(asked.group(1))
        return {**known(body), **({"dynamodb:LeadingKeys": list(key.values())} if key else {})}

    iam_actions.dynamodb_service_context = dynamodb_service_context


for patch in (
    end_with_the_parent,
    run_functions_in_the_host,
    keep_the_error_of_a_function,
    retry_stream_records,
    wait_for_task_tokens,
    end_late_executions,
    shape_http_events_as_aws,
    hide_errors_of_functions,
    count_loopback_as_https,
    authorize_on_exact_resources,
    know_the_keys_of_items,
):
    patch()

if __name__ == "__main__":
    from ministack.app import main

    main()
