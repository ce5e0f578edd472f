"""Makes the calls that standard input lists as JSON with boto3, and writes what each got: an error's name, or "an answer" with its text."""

import json
import sys

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

client = boto3.client("imagebuilder")
outcomes = []
for call in json.load(sys.stdin):
    try:
        answer = getattr(client, xform_name(call["operation"]))(**call["input"])
        answer.pop("ResponseMetadata")
        outcomes.append({"got": "an answer", "text": json.dumps(answer, default=str)})
    except ClientError as error:
        outcomes.append({"got": error.response["Error"]["Code"], "text": ""})
json.dump(outcomes, sys.stdout)
