"""pysaml2 as an identity provider: one JSON command a line on stdin, one JSON answer a line on stdout."""

import base64
import functools
import json
import logging
import shutil
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import saml2.entity
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_BASIC, NAMEID_FORMAT_PERSISTENT, NameID
from saml2.server import Server
from saml2.sigver import SecurityContext, pre_encryption_part

BINDINGS = {"redirect": BINDING_HTTP_REDIRECT, "post": BINDING_HTTP_POST}
PASSWORD = {"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", "authn_auth": "here"}
SIGNATURE = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
TRIPLE_DES = (pre_encryption_part, SecurityContext.encrypt_assertion)


def make_server(folder, url):
    """The files are written by whoever starts this: keys and the service's metadata."""
    both = [BINDING_HTTP_REDIRECT, BINDING_HTTP_POST]
    config = {
        "entityid": f"{url}/metadata",
        "xmlsec_binary": shutil.which("xmlsec1"),
        "key_file": f"{folder}/key.pem",
        "cert_file": f"{folder}/crt.pem",
        "metadata": {"local": [f"{folder}/service.xml"]},
        "service": {
            "idp": {
                "want_authn_requests_signed": True,
                "endpoints": {
                    "single_sign_on_service": [(f"{url}/sso", binding) for binding in both],
                    "single_logout_service": [(f"{url}/slo", binding) for binding in both],
                },
                "policy": {"default": {"lifetime": {"minutes": 5}, "name_form": NAME_FORMAT_BASIC}},
            }
        },
    }
    return Server(config=IdPConfig().load(config))


def incoming(command):
    names = {"relay_state": "RelayState", "sigalg": "SigAlg", "signature": "Signature"}
    return {name: command["form"].get(field) for name, field in names.items()}


def authn_request(server, command):
    binding = BINDINGS[command["binding"]]
    request = server.parse_authn_request(command["form"]["SAMLRequest"], binding, **incoming(command)).message
    return {"id": request.id, "issuer": request.issuer.text, "forceAuthn": request.force_authn}


def set_encryption(content):
    """pysaml2 encrypts with Triple DES and has no option for anything else."""
    part, encrypt = TRIPLE_DES
    if content == "aes256-gcm":
        part = functools.partial(part, msg_enc="http://www.w3.org/2009/xmlenc11#aes256-gcm")
        encrypt = functools.partialmethod(encrypt, key_type="aes-256")
    saml2.entity.pre_encryption_part = part
    SecurityContext.encrypt_assertion = encrypt


def respond(server, command):
    set_encryption(command.get("encrypt"))
    response = server.create_authn_response(
        identity=command["attributes"],
        in_response_to=command["inResponseTo"],
        destination=command["acsUrl"],
        sp_entity_id=command["serviceProvider"],
        name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=command["nameId"]),
        authn=PASSWORD,
        sign_response=command["sign"] in ("response", "both"),
        sign_assertion=command["sign"] in ("assertion", "both"),
        encrypt_assertion="encrypt" in command,
        sign_alg=SIGNATURE,
        digest_alg=DIGEST,
    )
    return {"SAMLResponse": base64.b64encode(str(response).encode()).decode()}


def send(server, command, message, is_response):
    binding = BINDINGS[command["binding"]]
    http = server.apply_binding(
        binding, str(message), command["sloUrl"], "handle", response=is_response, sign=True, sigalg=SIGNATURE
    )
    if command["binding"] == "redirect":
        return {"url": dict(http["headers"])["Location"]}
    return {"xml": base64.b64encode(str(message).encode()).decode()}


def logout_request(server, command):
    """Within a redirect the signature is over the query."""
    message_id, message = server.create_logout_request(
        command["sloUrl"],
        command["serviceProvider"],
        name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=command["nameId"]),
        session_indexes=command["sessionIndexes"],
        sign=command["binding"] == "post",
        sign_alg=SIGNATURE,
        digest_alg=DIGEST,
    )
    return {"id": message_id, **send(server, command, message, False)}


def answer_logout(server, command):
    binding = BINDINGS[command["binding"]]
    request = server.parse_logout_request(command["form"]["SAMLRequest"], binding, **incoming(command)).message
    response = server.create_logout_response(
        request, [binding], sign=command["binding"] == "post", sign_alg=SIGNATURE, digest_alg=DIGEST
    )
    indexes = [index.text for index in request.session_index]
    return {"nameId": request.name_id.text, "sessionIndexes": indexes, **send(server, command, response, True)}


def logout_response(server, command):
    response = server.parse_logout_request_response(command["form"]["SAMLResponse"], BINDINGS[command["binding"]])
    return {"inResponseTo": response.in_response_to, "status": response.response.status.status_code.value}


def metadata(server, command):
    return {"metadata": str(entity_descriptor(server.config))}


COMMANDS = {
    "metadata": metadata,
    "authnRequest": authn_request,
    "respond": respond,
    "logoutRequest": logout_request,
    "answerLogout": answer_logout,
    "logoutResponse": logout_response,
}


def main(folder, url):
    server = make_server(folder, url)
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = {"answer": COMMANDS[command["do"]](server, command)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main(*sys.argv[1:])
